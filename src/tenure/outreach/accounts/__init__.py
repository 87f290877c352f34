"""What a workspace knows of its channels: who carries e-mail and text messages, and with which account."""

"""What messages say: templates, shared blocks, languages, previews, and the proof before they go."""

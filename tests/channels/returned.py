"""Returned mails as servers write them: Postfix, Exchange, Gmail, QQ, 163, qmail; complaints as providers report them."""

import base64

SEND = "snd_0123456789abcdef01234567"
TO, FROM = "ann@shop.test", "news@shop.example.com"
HEAD = f"Message-ID: <{{send}}@shop.example.com>\r\nFrom: Shop <{FROM}>\r\nTo: {{to}}\r\nSubject: Hello\r\n"


def postfix(
    send: str = SEND, to: str = TO, status: str = "5.1.1", action: str = "failed", words: str = "", path: str = FROM
) -> bytes:
    """Write a delivery report of Postfix."""
    said = words or f"550 {status} <{to}>: Recipient address rejected: User unknown in virtual mailbox table"
    return f"""Return-Path: <>
Delivered-To: {path}
Received: by mx.example.com (Postfix) id 4Xk2b90; Thu, 26 Nov 2026 01:02:03 +0000 (UTC)
Date: Thu, 26 Nov 2026 01:02:03 +0000 (UTC)
From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {path}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4Xk2b90.1764/mx"
Message-Id: <20261126010203.4Xk2b90@mx.example.com>

--4Xk2b90.1764/mx
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.com.
I'm sorry to have to inform you that your message could not be delivered.

<{to}>: host mail.shop.test[192.0.2.9] said: {said} (in reply to RCPT TO command)

--4Xk2b90.1764/mx
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
X-Postfix-Queue-ID: 3Xk2b90
Arrival-Date: Thu, 26 Nov 2026 01:01:00 +0000 (UTC)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.shop.test
Diagnostic-Code: smtp; {said}

--4Xk2b90.1764/mx
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

{HEAD.format(send=send, to=to)}
--4Xk2b90.1764/mx--
""".encode()


def exchange(send: str = SEND, to: str = TO) -> bytes:
    """Write a report of Exchange Online: a page in HTML, its own status, the whole mail inside."""
    return f"""From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@shop.example.com>
To: {FROM}
Date: Thu, 26 Nov 2026 01:02:03 +0000
Content-Type: multipart/report; report-type=delivery-status; boundary="c5d1b2_"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-US
Message-ID: <5f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9@AM9PR01MB0001.eurprd01.prod.exchangelabs.com>
In-Reply-To: <{send}@shop.example.com>
References: <{send}@shop.example.com>
Subject: Undeliverable: Hello
Auto-Submitted: auto-replied

--c5d1b2_
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

{base64.b64encode(f"<html><body>Your message to {to} couldn't be delivered.</body></html>".encode()).decode()}

--c5d1b2_
Content-Type: message/delivery-status

Reporting-MTA: dns;AM9PR01MB0001.eurprd01.prod.exchangelabs.com
Received-From-MTA: dns;mx.example.com
Arrival-Date: Thu, 26 Nov 2026 01:02:02 +0000

Final-Recipient: rfc822;{to}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
X-Display-Name: {to}

--c5d1b2_
Content-Type: message/rfc822

{HEAD.format(send=send, to=to)}
Hello
--c5d1b2_--
""".encode()


def gmail(send: str = SEND, to: str = TO) -> bytes:
    """Write a report of Gmail."""
    return f"""Delivered-To: {FROM}
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: {FROM}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: <{send}@shop.example.com>
In-Reply-To: <{send}@shop.example.com>
X-Failed-Recipients: {to}
Message-ID: <65643a1b.170a0220.1a2b3.0001.GMR@mx.google.com>
Date: Thu, 26 Nov 2026 01:02:03 +0000
Content-Type: multipart/report; boundary="00000000000011"; report-type=delivery-status

--00000000000011
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered to {to} because the address couldn't be found, or is unable to receive mail.

--00000000000011
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Arrival-Date: Wed, 25 Nov 2026 17:02:02 -0800 (PST)
X-Original-Message-ID: <{send}@shop.example.com>

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.com.
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
 550-5.1.1 double-checking the recipient's email address for typos or unnecessary spaces.
 550 5.1.1 https://support.google.com/mail/?p=NoSuchUser - gsmtp

--00000000000011
Content-Type: message/rfc822

{HEAD.format(send=send, to=to)}
Hello
--00000000000011--
""".encode()


def qq(send: str = SEND, to: str = TO, why: str = "收件人邮件地址不存在，邮件无法送达。550 Mailbox not found") -> bytes:
    """Write a return of QQ: no delivery report, a page in GB18030, the mail attached."""
    page = f"<html><body><p>邮件发送失败</p><p>收件人：{to}</p><p>退信原因：{why}</p></body></html>"
    return f"""From: PostMaster@qq.com
To: {FROM}
Subject: =?gb18030?B?{base64.b64encode("系统退信".encode("gb18030")).decode()}?=
Date: Thu, 26 Nov 2026 09:02:03 +0800
Message-ID: <tencent_6A1F0B2C3D4E5F60718293A4B5C6D7E8F901@qq.com>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="----=_NextPart_6566"

------=_NextPart_6566
Content-Type: text/html; charset="gb18030"
Content-Transfer-Encoding: base64

{base64.b64encode(page.encode("gb18030")).decode()}

------=_NextPart_6566
Content-Type: message/rfc822
Content-Disposition: attachment; filename="original.eml"

{HEAD.format(send=send, to=to)}
Hello
------=_NextPart_6566--
""".encode()


def netease(send: str = SEND, to: str = TO) -> bytes:
    """Write a return of 163: words, and the headers of the mail quoted in them."""
    words = f"抱歉，您的邮件被退回来了……\r\n收件人 {to}\r\n退信原因：用户不存在。SMTP error, RCPT TO: 550 User not found: {to}\r\n\r\n"
    words += f"原信头：\r\n{HEAD.format(send=send, to=to)}"
    return f"""From: Postmaster@163.com
To: {FROM}
Subject: =?utf-8?B?{base64.b64encode("系统退信/Systems bounce".encode()).decode()}?=
Date: Thu, 26 Nov 2026 09:02:03 +0800
Message-ID: <65646E11.0A1B2C.00001@m16-3.163.com>
MIME-Version: 1.0
Content-Type: text/plain; charset=gbk
Content-Transfer-Encoding: base64

{base64.b64encode(words.encode("gbk")).decode()}
""".encode()


def qmail(send: str = SEND, to: str = TO) -> bytes:
    """Write a failure notice of qmail."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mail.shop.test
To: {FROM}
Subject: failure notice
Date: 26 Nov 2026 01:02:03 -0000

Hi. This is the qmail-send program at mail.shop.test.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{to}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

{HEAD.format(send=send, to=to)}
Hello
""".encode()


def complaint(send: str = SEND, to: str | None = TO, kind: str = "abuse") -> bytes:
    """Write a complaint (RFC 5965); many providers leave out whose it is."""
    whose = f"Original-Rcpt-To: <{to}>\n" if to else ""
    return f"""From: <feedback@arf.mail.example.com>
To: <fbl@shop.example.com>
Date: Thu, 26 Nov 2026 01:02:03 +0000
Subject: FW: Hello
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part1_13d.2e68ed54_boundary"
Message-ID: <arf-{send}-{kind}@arf.mail.example.com>

--part1_13d.2e68ed54_boundary
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report for an email message received from IP 192.0.2.1 on Thu, 26 Nov 2026.

--part1_13d.2e68ed54_boundary
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <{FROM}>
{whose}Arrival-Date: Thu, 26 Nov 2026 00:00:00 +0000
Source-IP: 192.0.2.1

--part1_13d.2e68ed54_boundary
Content-Type: message/rfc822
Content-Disposition: inline

{HEAD.format(send=send, to=to or "redacted@example.com")}
Hello
--part1_13d.2e68ed54_boundary--
""".encode()


HOLIDAY = f"""From: Ann <{TO}>
To: {FROM}
Subject: Automatic reply: Undeliverable until Monday
Auto-Submitted: auto-replied
In-Reply-To: <{SEND}@shop.example.com>
Message-ID: <1@shop.test>

I am away. Mailbox not found is not what this says.
""".encode()

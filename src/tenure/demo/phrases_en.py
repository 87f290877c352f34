"""English phrases that reviews, survey answers and tickets are composed of; ``{}`` stands for the product."""

OPENINGS = {
    "good": ("", "", "", "Third time ordering. ", "A friend put me on to this shop. ", "Had it a month now. ", "Bought as a gift for my mum. ",
             "Honestly, ", "Didn't expect much, but ", "Long-time customer here. ", "Just moved into a new flat. ", "Finally! ", "Okay, ",
             "Bought it in the sale and ", "My partner was sceptical, but ", "Quick update after two weeks: ", "Love this. "),
    "mixed": ("", "", "", "Hmm. ", "It's fine. ", "Two weeks in: ", "To be fair, ", "Mixed feelings. ", "Overall okay, ", "Not bad, not great. ",
              "Bought on discount. ", "Second order. ", "I wanted to love it. ", "Decent, though "),
    "bad": ("", "", "", "Really disappointed. ", "First bad review I've ever left. ", "I gave it time, but ", "So frustrating. ", "Never again. ",
            "Regret buying this. ", "After three years as a customer, ", "Not what I paid for: ", "Avoid. ", "Sorry, but ", "What happened to this brand? ",
            "I waited weeks and then "),
}  # fmt: skip

REVIEW = {
    "quality": {
        "good": ("the {} feels better than it looks in the photos", "the {} is beautifully made, no loose ends at all", "the {} has a nice weight to it",
                 "I've washed the {} several times and it still looks new", "the colour of the {} is spot on", "the finish on the {} is lovely",
                 "the {} is a joy to use every day", "the {} beats one I paid twice as much for"),
        "mixed": ("the {} is okay but nothing special", "the {} is a shade darker than in the pictures", "the {} works, the details are a bit rough",
                  "the {} smelled odd for a few days", "the {} is smaller than I thought"),
        "bad": ("the {} broke within two weeks", "the {} has a chemical smell that won't go away", "the {} bled colour all over my laundry",
                "the edges of the {} are so rough I cut my finger", "the {} looks nothing like the listing", "the {} cracked on first use",
                "the {} lost its shape after one wash", "the {} feels like they switched to a cheaper factory"),
    },
    "taste": {
        "good": ("the {} smells gorgeous without being heavy", "the {} is smooth with a sweet finish", "the whole room smells of the {}",
                 "the {} gets me through mornings", "the {} tastes clean and bright"),
        "mixed": ("the {} is a bit weak for me", "the {} smells nice but fades quickly", "the {} is a matter of taste", "this batch of the {} differs from the last"),
        "bad": ("the {} was bitter and flat", "the {} smells like cheap perfume", "the {} was clearly stale, nearly past its date", "the {} gives me a headache"),
    },
    "delivery": {
        "good": ("it arrived the next day, amazing", "the courier carried it right to my door", "even in the holiday rush it took three days",
                 "shipping was quick and the {} arrived in perfect shape"),
        "mixed": ("delivery was slow but the {} is fine", "it sat at the depot for a while", "no call from the courier, otherwise okay"),
        "bad": ("it took ten days and nobody could say why", "tracking never updated and the {} nearly got lost", "promised two days, took over a week",
                "the {} came after the birthday it was meant for"),
    },
    "packaging": {
        "good": ("it came wrapped so carefully, with a handwritten card", "the {} was packed in three layers, not a scratch", "the box is lovely enough to give as is",
                 "all recyclable packaging, well done"),
        "mixed": ("the packaging was basic but the {} survived", "the outer box was crushed, inside was fine", "far too much packaging"),
        "bad": ("the {} arrived in pieces, wrapped in a single sheet of paper", "the box was torn and the {} was filthy", "the seal was open and half had leaked",
                "there was no padding at all, of course it broke"),
    },
    "price": {
        "good": ("great value for a {} like this", "with the coupon it was a steal", "hard to find a {} this good at the price", "the member price is really worth it"),
        "mixed": ("nice {}, just a little pricey", "I wouldn't buy the {} at full price", "not cheap, not a rip-off either"),
        "bad": ("the {} dropped in price the day after I bought it and they refused to match", "the same {} is half the price elsewhere",
                "prices keep going up and the product doesn't get better", "the coupon has so many conditions it's useless"),
    },
    "service": {
        "good": ("support answered within minutes and knew their stuff", "they replaced it without any fuss", "the shop staff explained everything and never pushed",
                 "customer care fixed my address before it shipped"),
        "mixed": ("support was slow but got there in the end", "friendly enough, but the process is a maze", "had to ask twice, fine after that"),
        "bad": ("support keeps pasting the same answer", "I called four times and was told to wait every time", "the agent was rude and hung up",
                "I can't get past the bot to a human"),
    },
    "app": {
        "good": ("ordering in the app is so easy", "clean site, I found the {} in seconds", "I like how the member page shows everything"),
        "mixed": ("the app lags now and then", "the filters are clumsy, took ages to find the {}", "lots of features, a bit cluttered"),
        "bad": ("checkout froze and charged me twice", "the app crashed and the {} sold out meanwhile", "I never get the login code", "my basket vanished after the update"),
    },
}  # fmt: skip

EXTRAS = {
    "good": ("", "", ", and the kids love it too", ". Already told my sister", ", looks great on the shelf", ". Much better than my old one", ", exactly as described",
             ". Makes the place feel like home", ", no complaints at all", ", better than expected", ". Great little upgrade"),
    "mixed": ("", "", ". Room for improvement", ", does the job", ". Three stars from me", ", acceptable for the price", ", I'll see how it lasts", ". Expected a bit more",
              ", it's a coin toss whether I'd reorder"),
    "bad": ("", "", ", not worth the money", ". Sent photos, no reply", ", what a waste of time", ", I've asked for a refund", ". My colleague had the same problem",
            ", and nobody takes responsibility", ", won't be back", ". Please look into your quality control", ", very let down"),
}  # fmt: skip

CLOSINGS = {
    "good": (".", ".", "!", "!", ". Will buy again.", ". Five stars.", ". Highly recommend!", " 😊", ". Thanks!", ". Keep it up.", " 👍"),
    "mixed": (".", ".", ".", "...", ". We'll see.", ". Maybe next time.", ". Hope they improve.", ", I guess."),
    "bad": (".", ".", "!", "!!", ". One star.", ". Do better.", ". Buyer beware.", " 😡", ". Shopping elsewhere from now on.", ". Please fix this."),
}  # fmt: skip

SURVEY = {
    "good": ("reliable every single time", "I recommend you to friends all the time", "quality and service I can trust", "love the design", "the shops are a pleasure to visit",
             "I look forward to the box each month", "the member events are great", "I like what you do for the environment", "never been let down",
             "good after-sales care is why I stay", "first place I look for anything home"),
    "mixed": ("good overall, but few new products", "nice things, prices creep up", "often out of stock", "would like a wider range", "no strong reason to recommend",
              "service varies a lot", "delivery could be faster", "not that different from others", "the coupon rules are confusing", "some box items I never use"),
    "bad": ("quality keeps slipping", "support can't solve anything", "I've moved to another shop", "my refund took two weeks", "too many messages",
            "too expensive for what it is", "new customers get better deals than I do", "nobody takes responsibility", "my last complaint was never answered",
            "I've lost trust in the brand"),
}  # fmt: skip

TICKET_OPENINGS = (
    "",
    "Hi, ",
    "Hello, ",
    "Hi there, ",
    "Good morning, ",
    "Hey team, ",
    "Dear support, ",
    "Urgent: ",
    "Me again. ",
    "Quick question, ",
)
TICKET = {
    "late_delivery": ("I ordered the {} five days ago and it still hasn't shipped", "tracking has been stuck at the depot for three days", "it says delivered but I never got the {}",
                      "my parcel was due yesterday", "the {} is a gift and I need it by Friday", "the courier says the address is wrong, it isn't"),
    "damaged": ("the {} arrived in pieces", "the {} is dented and the box was torn", "there's a chip in the {}", "the {} leaked everywhere", "the lid of the {} is cracked, photos attached"),
    "quality": ("the {} stopped working after three uses", "the {} has a strong smell", "the paint on the {} is flaking", "the {} shrank in the wash", "the {} won't switch on",
                "the {} isn't made of what the page says"),
    "wrong_item": ("I ordered the {} and got something else", "you sent the wrong colour", "one {} is missing from my order", "the size doesn't match my order", "this parcel isn't mine"),
    "refund": ("I sent the {} back ten days ago, still no refund", "my refund is short by the postage", "the return has said 'processing' for a week", "the money never reached my card",
               "why can't I return the {}"),
    "billing": ("I was charged twice for my membership this month", "I cancelled the box and was charged anyway", "my coupon wasn't applied", "the invoice total is wrong",
                "you renewed me without a reminder", "there's a charge I don't recognise"),
    "app_problem": ("the app shows a blank page", "I'm not getting the login code", "payment fails with 'system busy'", "I can't change my address", "my points are gone", "the order page keeps loading"),
    "service_attitude": ("the last agent was rude to me", "someone hung up on me", "three people gave me three different answers", "I keep being told to wait", "the shop staff ignored me"),
    "price": ("the {} went on sale right after I bought it, can you match it", "why do new customers pay less than members", "the {} costs more at checkout than on the page",
              "the discount didn't apply", "the {} is much cheaper elsewhere"),
    "product_question": ("is the {} dishwasher safe", "when will the {} be back in stock", "is the {} suitable for sensitive skin", "what are the dimensions of the {}",
                         "can the {} go in a bathroom", "can I change the flavours in my box", "do you sell the {} as a gift set", "how long does the {} keep"),
}  # fmt: skip
TICKET_EXTRAS = ("", "", ", ordered last week", ", photos attached", ", I reported this before", ", it's quite urgent", ", I've been waiting for days", ", second time this has happened",
                 ", I've been a member for ages")  # fmt: skip
QUESTION_ENDS = ("?", "? Thanks!", "? Thinking of ordering.", "? Couldn't find it on the page.", "?", "? Cheers.")
TICKET_ASKS = (".", ". Please sort this out.", ". Could you check?", ". What can you do for me?", ", thanks.", ". I'd like an answer today.", ". Can I get a replacement?", ". What now?",
               ". Please call me back.", ". Much appreciated!")  # fmt: skip

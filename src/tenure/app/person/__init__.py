"""One person, whole: everything we hold of them handed out, or gone for good with a receipt that proves it."""

"""The words for states, kinds and verdicts; codes stand in the database, words on the page."""

from flask import Flask
from flask_babel import lazy_gettext as _

WORDS = {
    "application": {
        "draft": _("Draft"),
        "applied": _("Applied"),
        "returned": _("Returned"),
        "waiting_list": _("Waiting list"),
        "accepted": _("Accepted"),
        "confirmed": _("Confirmed"),
        "rejected": _("Rejected"),
        "withdrawn": _("Withdrawn"),
    },
    "booth": {
        "free": _("Free"),
        "held": _("Held"),
        "allocated": _("Allocated"),
        "blocked": _("Blocked"),
    },
    "need": {"open": _("Open"), "in_talks": _("In talks"), "closed": _("Closed")},
    "visibility": {"public": _("Everybody"), "exhibitors": _("Exhibitors of the fair only")},
    "request": {
        "requested": _("Requested"),
        "accepted": _("Accepted"),
        "declined": _("Declined"),
        "withdrawn": _("Withdrawn"),
        "expired": _("Expired"),
    },
    "unscheduled": {
        "no_common_slot": _("The two have no slot in common."),
        "participant_full": _("One of the two has no free slot left."),
        "no_table": _("Every table is taken in the slots they have in common."),
        "less_weight": _("Other meetings of the two took the last slots."),
    },
    "mail": {"waiting": _("Waiting"), "sent": _("Sent"), "kept": _("Kept here"), "failed": _("Failed")},
    "job": {"ready": _("Waiting"), "running": _("Running"), "done": _("Done"), "dead": _("Failed")},
    "badge_state": {"valid": _("Valid"), "revoked": _("Revoked")},
    "role": {
        "organizer": _("Organizer"),
        "co_organizer": _("Co-organizer"),
        "exhibitor_contact": _("Exhibitor: contact"),
        "exhibitor_staff": _("Exhibitor: staff"),
        "buyer": _("Buyer"),
        "gate": _("Gate"),
    },
    "verdict": {
        "admitted": _("Come in"),
        "already_in": _("Already in"),
        "wrong_day": _("Wrong day"),
        "not_open": _("Not open"),
        "wrong_category": _("Not at this gate"),
        "revoked": _("Revoked"),
        "not_ours": _("Not ours"),
        "wrong_fair": _("Another fair"),
        "forged": _("Forged"),
        "unknown_badge": _("Unknown badge"),
    },
    "revoked_reason": {
        "reprint": _("a new badge was printed for it"),
        "lost": _("reported lost"),
        "withdrawn": _("the registration was withdrawn"),
        "organizer": _("by the organizer"),
        "role_ended": _("the role at the fair has ended"),
    },
}

JOBS = {
    "mail.send": _("Send a mail"),
    "badges.send_to_visitor": _("Send a badge"),
    "badges.revoke_withdrawn": _("Revoke a badge"),
    "badges.revoke_member": _("Revoke a badge"),
    "badges.print": _("Print badges"),
}

ACTIONS = {
    "application.apply": _("applied"),
    "application.accept": _("accepted the application"),
    "application.reject": _("rejected the application"),
    "application.return": _("returned the application"),
    "application.wait": _("put on the waiting list"),
    "application.reopen": _("took the rejection back"),
    "application.confirm": _("confirmed"),
    "application.withdraw": _("withdrew the application"),
    "application.choose": _("chose booths"),
    "staff.add": _("added a person"),
    "enterprise.update": _("changed the profile"),
    "booth.allocate": _("allocated the booth"),
    "booth.release": _("released the booth"),
    "booth.block": _("blocked the booth"),
    "booth.unblock": _("opened the booth"),
    "visitor.register": _("registered"),
    "visitor.withdraw": _("withdrew the registration"),
    "buyer.register": _("entered a buyer"),
    "need.post": _("posted a need"),
    "need.update": _("changed a need"),
    "meeting_request.request": _("asked for a meeting"),
    "meeting_request.accept": _("accepted a meeting"),
    "meeting_request.decline": _("declined a meeting"),
    "meeting_request.withdraw": _("withdrew a request"),
    "availability.set": _("set the availability"),
    "meeting.schedule": _("scheduled the meetings"),
    "meeting.clear": _("took every meeting out"),
    "badge.issue": _("issued a badge"),
    "badge.reprint": _("reprinted a badge"),
    "badge.revoke": _("revoked a badge"),
    "badge.print": _("ordered the print of badges"),
    "badge.rotate_key": _("changed the key of badges"),
    "gate.add": _("added a gate"),
    "gate.rehearse": _("started a rehearsal"),
    "gate.end_rehearsal": _("ended the rehearsal"),
    "fair.update": _("changed the settings"),
    "fair.set_hours": _("changed the opening hours"),
    "fair.import": _("imported the fair"),
    "membership.add": _("gave a role"),
    "membership.remove": _("took a role away"),
}
"""What the audit trail says for each action."""

STATES = {
    "application": {
        "draft": "open", "applied": "wait", "returned": "wait", "waiting_list": "wait",
        "accepted": "agreed", "confirmed": "done", "rejected": "stop", "withdrawn": "off",
    },
    "booth": {"free": "open", "held": "wait", "allocated": "done", "blocked": "off"},
    "need": {"open": "open", "in_talks": "wait", "closed": "off"},
    "request": {
        "requested": "wait", "accepted": "agreed", "declined": "stop", "withdrawn": "off", "expired": "off",
    },
    "mail": {"waiting": "wait", "sent": "done", "kept": "agreed", "failed": "stop"},
    "job": {"ready": "open", "running": "wait", "done": "done", "dead": "stop"},
    "badge_state": {"valid": "done", "revoked": "stop"},
    "verdict": {
        "admitted": "done", "already_in": "wait", "wrong_day": "stop", "not_open": "stop",
        "wrong_category": "stop", "revoked": "stop", "not_ours": "stop", "wrong_fair": "stop",
        "forged": "stop", "unknown_badge": "stop",
    },
}  # fmt: skip
"""The look of each state: open, wait, agreed, done, stop, off."""


def init_app(app: Flask) -> None:
    """Give the words to the templates of ``app``."""
    app.add_template_filter(word, "word")
    app.add_template_filter(state, "state")
    app.add_template_filter(lambda code: str(JOBS[code]), "job")
    app.add_template_filter(action, "action")


def word(code: str, kind: str) -> str:
    """Return the word for a code, in the reader's language."""
    return str(WORDS[kind][str(code)])


def action(code: str) -> str:
    """Return what the audit trail says for an action."""
    return str(ACTIONS[code])


def state(code: str, kind: str) -> str:
    """Return the look of a state."""
    return STATES[kind][str(code)]


def options(kind: str) -> list[tuple[str, str]]:
    """Return codes and words, for a list to choose from."""
    return [(code, str(text)) for code, text in WORDS[kind].items()]

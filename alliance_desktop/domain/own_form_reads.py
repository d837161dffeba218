"""Which answers the program itself reads, by form and card: a counsellor's own copy always asks them."""


def _keys(words: str) -> frozenset[str]:
    return frozenset(words.split())


READ: dict[tuple[str, str], frozenset[str]] = {
    ("closing", "closing"): _keys(
        "why closed_on door_open told whose_need keep_record_until keep_private_until second_look_on second_look_done"
    ),
    ("concern", "concern"): _keys("from_whom answer_due answered_on told_back outreach_opened"),
    ("consent", "consent"): _keys("contact asked_of given may_share for_what until"),
    ("contact", "contact"): _keys("name role organisation"),
    ("contact_log", "talk"): _keys("on contact next next_on next_done"),
    ("decision", "decision"): _keys("decision review_on reviewed whose_need"),
    ("feedback", "feedback"): _keys("given_on who did_with_it"),
    ("foundation", "agreements"): _keys("agreements"),
    ("goal", "goal"): _keys("set_on own_words ratings state state_on"),
    ("life_event", "life_event"): _keys("what on yearly"),
    ("meeting", "meeting"): _keys("on actions"),
    ("outreach", "plan"): _keys("why told_by asked_for avenues best_door hurting_dates next_try_on next_try_how"),
    ("outreach", "try"): _keys(
        "tried_on avenue offered response their_words space_until other_person next_on next_what"
    ),
    ("outreach", "pause"): _keys("paused_on reason door_open keeps_an_eye review_on taken_up_on"),
    ("records_request", "request"): _keys(
        "asker asker_name received_on young_told young_wants scope_words scope_from scope_until scope_kinds law due_on "
        "sent_on"
    ),
    ("referral", "referral"): _keys("to_whom sent_on answer_due answered_on answer outcome"),
    ("resource", "resource"): _keys("name what for_whom"),
    ("resource_given", "given"): _keys("resource"),
    ("session", "note"): _keys("date attendance temperature_client felt_off planned next next_on tender"),
    ("sharing_log", "shared"): _keys("shared_on what goals next"),
    ("supervision", "session"): _keys("on kind minutes brought clients do_by done feeds_back"),
    ("supervision", "prep"): _keys("prep_on question"),
}

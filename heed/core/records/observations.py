"""The published vocabulary of observations: what somebody saw, heard or was told, never what it means.

Each code is something a worker can notice in a minute, worded so that nothing is laid at the child's door.
Sources: the signs named in the Department for Education's guidance on child sexual exploitation (2017) and on
children who run away or go missing (2014), and the warnings listed in the Oxfordshire serious case review (2015).
An unknown code is kept and counted, so that a partnership can map it or ask for it here.
"""

OBSERVATIONS: dict[str, str] = {
    # away from where she should be
    "overnight": "away overnight",
    "repeat": "not the first time this month",
    "out_of_area": "found outside the area",
    "collected_by_car": "collected by a car nobody knew",
    "returned_by_unknown_person": "brought back by somebody unknown to the carers",
    "left_through_window": "left by a way meant not to be seen",
    "found_at_adult_address": "found at the home of an adult who is not family",
    "found_with_older_people": "found with older people",
    "not_there": "not where she was expected to be",
    "not_reported": "not reported missing by those who should have",
    "late_reported": "reported missing later than it should have been",
    # things and money
    "unexplained_items": "has things nobody can explain",
    "unexplained_money": "has money nobody can explain",
    "new_phone": "has a phone nobody gave her",
    "many_phones": "has more than one phone",
    "hotel_key": "has a hotel key or receipt",
    "travel_tickets": "has tickets for journeys nobody knew of",
    # other people
    "older_companion": "an older boyfriend, girlfriend or friend",
    "many_unknown_contacts": "many calls or messages from unknown people",
    "online_contact": "in contact online with somebody unknown",
    "introduced_by_friend": "introduced to somebody by another child",
    "brings_other_children": "other children come along",
    "named_adult": "the same adult is named again",
    "afraid_of_someone": "afraid of somebody",
    "threatened": "threatened, or her family threatened",
    "debt": "says she owes somebody",
    # health and body
    "alcohol": "had been drinking",
    "drugs": "had taken, or been given, drugs",
    "injury": "hurt in a way that is not explained",
    "self_harm": "hurts herself",
    "sexual_health": "came for sexual health care",
    "pregnancy": "pregnant, or thought to be",
    "tired_or_unwell": "exhausted or unwell",
    # school and home
    "school_absence": "away from school",
    "excluded": "excluded from school, or on a part-time timetable",
    "change_of_behaviour": "changed in a short time",
    "withdrawn": "withdrawn from friends or family",
    "conflict_at_home": "conflict at home",
    "placement_at_risk": "the placement may end",
    # what cannot wait
    "danger_now": "a child is in danger now",
    # what she said, and what was not asked
    "child_disclosed": "the child said what was done to her",
    "child_asked_for_help": "the child asked for help",
    "not_seen_alone": "not seen alone",
    "not_spoken_to": "nobody spoke with the child",
    "declined_to_talk": "did not want to talk, yet",
    "family_warned": "a parent or carer gave warning",
    "worker_warned": "a worker gave warning",
}

"""Every command of the program, once: its words, its keys, its menu, and when it can be used."""

from enum import StrEnum
from typing import NamedTuple

from alliance_desktop.ui.menu_names import FILE, GO, HELP, VIEW


class Needs(StrEnum):
    """When a command can be used."""

    NOTHING = "nothing"
    VAULT = "an unlocked vault"
    WRITING = "a vault that can be written"
    CARDS = "a form with cards"
    KEEPING = "an open client, in a vault that can be written"
    TIMELINE = "a timeline on screen"
    TEMPERATURE = "a temperature chart on screen"


class Command(NamedTuple):
    """One command: `id` is stable, `text` carries the access key, `keys` is a portable key sequence."""

    id: str
    menu: str
    text: str
    keys: str = ""
    needs: Needs = Needs.VAULT
    starts_group: bool = False


CARDS = (
    "&0 Notice",
    "&1 Acknowledge and reflect",
    "&2 Open the conversation",
    "&3 Repair together",
    "&4 Follow up",
    "&5 Close and learn",
)

COMMANDS = (
    Command("new_client", FILE, "New &client…", "", Needs.WRITING),
    Command("session_note", FILE, "&Session note", "Ctrl+N", Needs.WRITING),
    Command("notice_strain", FILE, "&Notice a strain", "Ctrl+Shift+N", Needs.WRITING),
    Command("new_entry", FILE, "New &entry…", "Ctrl+Shift+E", Needs.WRITING),
    Command("print", FILE, "Prin&t…", "Ctrl+P", starts_group=True),
    Command("finish", FILE, "&Finish this note", "Ctrl+Return", Needs.CARDS),
    Command("showed", FILE, "I sho&wed this to somebody…", "", Needs.CARDS),
    Command("entry_history", FILE, "Histor&y of this note…", "", Needs.CARDS, starts_group=True),
    Command("entry_bin", FILE, "Put in the &bin", "", Needs.CARDS),
    Command("strain_bin", FILE, "Put the wh&ole strain in the bin", "", Needs.CARDS),
    Command("remove_text", FILE, "Remove te&xt written in the wrong file…", "", Needs.CARDS),
    Command("delete_client", FILE, "Delete this client for &good…", "", Needs.KEEPING),
    Command("bin", FILE, "B&in…"),
    Command("own_forms", FILE, "Forms of &my own…", starts_group=True),
    Command("short_words", FILE, "Sho&rt words…"),
    Command("insert_words", FILE, "Insert short wor&ds…", "Ctrl+J", Needs.WRITING),
    Command("change_passphrase", FILE, "Change pass&phrase…", "", Needs.WRITING, starts_group=True),
    Command("key_life", FILE, "&Keys and recovery sheet…", "", Needs.WRITING),
    Command("executor_wishes", FILE, "Wishes for an executor…", "", Needs.WRITING),
    Command("back_up", FILE, "Back &up now…"),
    Command("take_out", FILE, "T&ake everything out…"),
    Command("lock", FILE, "&Lock", "Ctrl+L"),
    Command("hide", FILE, "&Hide now", "F9"),
    Command("quit", FILE, "&Quit", "Ctrl+Q", Needs.NOTHING, starts_group=True),
    Command("find", GO, "&Find a client, a note or a command", "Ctrl+K"),
    Command("search", GO, "S&earch in all notes", "Ctrl+Shift+F"),
    Command("timeline", GO, "&Timeline of this client", "Ctrl+T"),
    Command("timeline_day", GO, "&Go to a day in the timeline", "Ctrl+G", Needs.TIMELINE),
    Command("timeline_words", GO, "Wo&rds in this timeline", "Ctrl+F", Needs.TIMELINE),
    Command("timeline_paper", GO, "Timeline of this client on &paper…"),
    Command("temperature", GO, "Te&mperature of this client"),
    Command("details", GO, "Detai&ls of this client"),
    Command("records", GO, "Records re&quest of this client…", "", Needs.WRITING),
    Command("today", GO, "To&day", "Ctrl+1", starts_group=True),
    Command("caseload", GO, "&Whole caseload"),
    Command("supervision_summary", GO, "Summary wit&hout identifiers…"),
    Command("figures", GO, "&Your own numbers"),
    Command("clients", GO, "&Clients", "Ctrl+2"),
    Command("strains", GO, "&Strains", "Ctrl+3"),
    Command("outreach", GO, "&Outreach", "Ctrl+4"),
    Command("supervision", GO, "Super&vision", "Ctrl+5"),
    Command("contacts", GO, "Cont&acts", "Ctrl+6"),
    Command("backups", GO, "Back&ups", "Ctrl+7"),
    Command("settings", GO, "Sett&ings", "Ctrl+,"),
    Command("next_pane", GO, "&Next pane", "F6", starts_group=True),
    Command("back", GO, "&Back", "Alt+Left"),
    *(
        Command(f"card_{at}", GO, f"Card {title}", f"Alt+{at}", Needs.CARDS, starts_group=at == 0)
        for at, title in enumerate(CARDS)
    ),
    Command("text_larger", VIEW, "&Larger text", "Ctrl++", Needs.NOTHING),
    Command("text_smaller", VIEW, "&Smaller text", "Ctrl+-", Needs.NOTHING),
    Command("text_usual", VIEW, "&Usual text size", "Ctrl+0", Needs.NOTHING),
    Command("appearance_system", VIEW, "As the &computer is set", "", Needs.NOTHING, starts_group=True),
    Command("appearance_light", VIEW, "L&ight", "", Needs.NOTHING),
    Command("appearance_dark", VIEW, "&Dark", "", Needs.NOTHING),
    Command("timeline_week", VIEW, "Timeline week by wee&k", "Ctrl+Shift+W", Needs.TIMELINE, starts_group=True),
    Command("timeline_month", VIEW, "Timeline &month by month", "Ctrl+Shift+M", Needs.TIMELINE),
    Command("timeline_all", VIEW, "&All of the timeline, a line a month", "Ctrl+Shift+A", Needs.TIMELINE),
    Command("timeline_everything", VIEW, "Show all of the timeline a&gain", "", Needs.TIMELINE),
    Command("temperature_table", VIEW, "Temperature as a ta&ble, or as a chart", "Ctrl+Shift+T", Needs.TEMPERATURE),
    Command("list_wider", VIEW, "List &wider", "Ctrl+Alt+Right", starts_group=True),
    Command("list_narrower", VIEW, "List &narrower", "Ctrl+Alt+Left"),
    Command("help", HELP, "&Help", "F1", Needs.NOTHING),
    Command("keys", HELP, "&Keyboard keys", "Shift+F1", Needs.NOTHING),
    Command("blank_pages", HELP, "&Blank pages to print…", "", Needs.NOTHING),
    Command("emergency_card", HELP, "&Emergency card…"),
    Command("lost_sheet", HELP, "If this computer is &lost…", "", Needs.NOTHING),
    Command("lost_device", HELP, "Lost &device…", "", Needs.WRITING),
    Command("prove", HELP, "&Prove it…"),
    Command("about", HELP, "&About Alliance Desktop", "", Needs.NOTHING, starts_group=True),
)


TAKES_AWAY = frozenset({"entry_bin", "strain_bin", "remove_text", "delete_client"})
"""Commands that take something away: among what is found, they never stand first unless typed whole."""


ALSO = {
    "blank_pages": "worksheets forms paper empty print",
    "entry_history": "versions earlier undo",
    "entry_bin": "delete throw away trash",
    "strain_bin": "delete throw away trash",
    "remove_text": "redact take out delete",
    "bin": "trash deleted put back undo",
    "timeline_day": "date jump",
    "timeline_words": "search find text filter",
    "timeline_week": "zoom closer",
    "timeline_month": "zoom",
    "timeline_all": "zoom further overview year",
    "timeline_everything": "filter clear reset",
    "timeline_paper": "print the timeline report pdf",
    "temperature": "chart graph line how are you feeling warm cold",
    "temperature_table": "list numbers graph line",
    "details": "name code state pronouns contact delete client for good",
    "records": "copy access subject disclosure deadline black out hand over",
    "own_forms": "custom templates questions",
    "short_words": "snippets templates",
    "insert_words": "snippets templates",
    "lock": "leave",
    "hide": "cover",
    "backups": "restore copy",
    "take_out": "export leave move json take every",
    "executor_wishes": "clinical will death die sealed envelope",
    "emergency_card": "print danger helpline who to turn to",
    "lost_sheet": "stolen theft laptop print",
    "lost_device": "stolen theft laptop incident breach record",
    "delete_client": "erase remove forget",
    "search": "look for words text everywhere find in notes",
    "supervision_summary": "supervision codes names roles side by side check print",
    "figures": "statistics figures how many hours sessions count weeks patterns chart overview",
    "showed": "ledger shared disclosed",
    "settings": "reminders days away emergency list passphrase",
}
"""Further words that a command is found by in Ctrl+K, which are not shown."""


def needs_of(id: str) -> Needs:
    """Return when a command can be used."""
    return next(one.needs for one in COMMANDS if one.id == id)

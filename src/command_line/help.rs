//! Help in one language: the chosen half of every text a tool wrote for it, and clap's own words in Vietnamese.

use crate::diagnostics::Tongue;
use clap::Command;

/// Words that clap writes into any help, the longer before those they begin with.
const OWN: [(&str, &str); 15] = [
    ("Usage:", "Cách dùng:"),
    ("Commands:", "Lệnh:"),
    ("Arguments:", "Tham số:"),
    ("Options:", "Tùy chọn:"),
    ("[OPTIONS]", "[TÙY CHỌN]"),
    ("<COMMAND>", "<LỆNH>"),
    ("[COMMAND]", "[LỆNH]"),
    ("[default: ", "[mặc định: "),
    ("[possible values: ", "[các giá trị: "),
    ("[aliases: ", "[tên khác: "),
    ("Print this message or the help of the given subcommand(s)", "In lời này hoặc trợ giúp của một lệnh"),
    ("Print help (see a summary with '-h')", "In trợ giúp (bản ngắn: '-h')"),
    ("Print help (see more with '--help')", "In trợ giúp (bản đầy đủ: '--help')"),
    ("Print help", "In trợ giúp"),
    ("Print version", "In phiên bản"),
];

/// What stands for a value, as Vietnamese reads it.
const VALUES: [(&str, &str); 22] = [
    ("COMMAND", "LỆNH"),
    ("DAY", "NGÀY"),
    ("DIR", "THƯ MỤC"),
    ("FILE", "TỆP"),
    ("FILE.csv", "TỆP.csv"),
    ("FILE.pdf", "TỆP.pdf"),
    ("FILE.xlsx", "TỆP.xlsx"),
    ("FOLDER", "THƯ MỤC"),
    ("INTO", "THƯ MỤC"),
    ("KEY", "KHÓA"),
    ("LANG", "NGÔN NGỮ"),
    ("LIST", "BẢNG KÊ"),
    ("MANIFEST", "TỆP"),
    ("NAME", "TÊN"),
    ("NEW", "BẢN MỚI"),
    ("OLD", "BẢN CŨ"),
    ("OUT", "TỆP"),
    ("PACK", "GÓI"),
    ("PACKS", "GÓI"),
    ("STICK", "USB"),
    ("TAGS", "NGÔN NGỮ"),
    ("URL", "ĐỊA CHỈ"),
];

/// The command and all below it, with the texts of one language.
pub fn in_tongue(command: Command, tongue: Tongue) -> Command {
    if tongue == Tongue::Both {
        return command;
    }
    let half = |text: &clap::builder::StyledStr| tongue.half(&text.to_string());
    // The summary of a verb stands in a list, where a full stop would be odd in one language only.
    let about = command.get_about().map(half).map(|about| about.trim_end_matches('.').to_owned());
    let (long, after) = (command.get_long_about().map(half), command.get_after_help().map(half));
    let command = command.mut_subcommands(|below| in_tongue(below, tongue)).mut_args(|arg| {
        let (help, long) = (arg.get_help().map(half), arg.get_long_help().map(half));
        let arg = named_values(arg, tongue);
        let arg = help.into_iter().fold(arg, clap::Arg::help);
        long.into_iter().fold(arg, clap::Arg::long_help)
    });
    let command = about.into_iter().fold(command, Command::about);
    let command = long.into_iter().fold(command, Command::long_about);
    after.into_iter().fold(command, Command::after_help)
}

fn named_values(arg: clap::Arg, tongue: Tongue) -> clap::Arg {
    let Some(names) = arg.get_value_names().filter(|_| tongue == Tongue::Vietnamese) else { return arg };
    let in_vietnamese = |name: &clap::builder::Str| {
        let known = VALUES.iter().find(|(en, _)| name.as_str() == *en);
        known.map_or_else(|| name.clone(), |(_, vi)| clap::builder::Str::from(*vi))
    };
    let names: Vec<clap::builder::Str> = names.iter().map(in_vietnamese).collect();
    arg.value_names(names)
}

/// What clap itself wrote into a text, as Vietnamese reads it.
pub fn own_words(text: &str, tongue: Tongue) -> String {
    match tongue {
        Tongue::Vietnamese => OWN.iter().fold(text.to_owned(), |text, (en, vi)| text.replace(en, vi)),
        Tongue::English | Tongue::Both => text.to_owned(),
    }
}

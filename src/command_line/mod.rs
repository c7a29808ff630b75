//! A command line read in the language of whoever types it; help and complaints come back as data. Nothing here prints
//! or exits, and no verb is known: which there are, the tool says itself.

mod help;
mod wrong_usage;

use crate::diagnostics::Tongue;
use clap::{Arg, CommandFactory, FromArgMatches};
use std::ffi::OsString;

const LANG: &str = "--lang";

/// What the tool says instead of running a verb: help, version, or what is wrong with the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub text: String,
    /// Wrong usage goes to standard error.
    pub is_complaint: bool,
    /// As clap has it: 0 for help, 2 for wrong usage.
    pub code: u8,
}

/// By `--lang`, else by the locale. Known before the line is read, for help and complaints are told in it too.
pub fn tongue(line: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Tongue {
    let words: Vec<&str> = line.iter().skip(1).map_while(|word| word.to_str().filter(|word| *word != "--")).collect();
    let beside = words.windows(2).find(|pair| pair[0] == LANG).map(|pair| pair[1]);
    let joined = words.iter().find_map(|word| word.strip_prefix(LANG)?.strip_prefix('='));
    beside.or(joined).and_then(Tongue::named).unwrap_or_else(|| Tongue::of_locale(variable))
}

/// Reads a command line; or says what there is to say instead.
pub fn read<A: CommandFactory + FromArgMatches>(line: &[OsString], tongue: Tongue) -> Result<A, Answer> {
    let mut command = help::in_tongue(A::command().arg(lang()), tongue);
    let read = command.try_get_matches_from_mut(line);
    read.and_then(|matches| A::from_arg_matches(&matches).map_err(|error| error.format(&mut command)))
        .map_err(|error| answer(&error, tongue))
}

/// Before or after any verb. A verb with a `--lang` of its own keeps it.
fn lang() -> Arg {
    let help = "Ngôn ngữ của lời in ra: tiếng Việt, tiếng Anh hoặc cả hai; mặc định theo máy (LC_ALL, LC_MESSAGES, LANG) · \
                the language of what is printed: Vietnamese, English or both; the machine's (LC_ALL, LC_MESSAGES, LANG) \
                unless told";
    Arg::new("lang").long("lang").global(true).value_name("LANG").value_parser(["vi", "en", "both"]).help(help)
}

fn answer(error: &clap::Error, tongue: Tongue) -> Answer {
    use clap::error::ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    let text = match error.kind() {
        DisplayHelp | DisplayHelpOnMissingArgumentOrSubcommand | DisplayVersion => {
            help::own_words(&error.render().to_string(), tongue)
        }
        _ => wrong_usage::told(error, tongue),
    };
    Answer { text, is_complaint: error.use_stderr(), code: u8::try_from(error.exit_code()).unwrap_or(2) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &[&str], locale: Option<&str>) -> Tongue {
        let line: Vec<OsString> = line.iter().map(OsString::from).collect();
        tongue(&line, |name| locale.filter(|_| name == "LANG").map(str::to_owned))
    }

    #[test]
    fn the_option_counts_more_than_the_locale() {
        assert_eq!(of(&["tool", "check", "--lang", "vi"], Some("en_US.UTF-8")), Tongue::Vietnamese);
        assert_eq!(of(&["tool", "--lang=en", "check"], Some("vi_VN.UTF-8")), Tongue::English);
        assert_eq!(of(&["tool", "--lang", "both"], Some("vi_VN.UTF-8")), Tongue::Both);
        assert_eq!(of(&["tool", "check"], Some("vi_VN.UTF-8")), Tongue::Vietnamese);
        assert_eq!(of(&["tool", "check"], None), Tongue::Both);
    }

    #[test]
    fn what_is_no_option_chooses_nothing() {
        for line in
            [&["tool", "--", "--lang", "vi"][..], &["tool", "--lang"], &["tool", "--lang", "fr"], &["--lang=vi"]]
        {
            assert_eq!(of(line, Some("en_GB")), Tongue::English, "{line:?}");
        }
    }
}

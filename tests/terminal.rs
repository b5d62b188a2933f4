//! What differs on a terminal: questions, colours, widths. `script` provides the terminal.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    env,
    io::{Read as _, Write as _},
    path::Path,
    process::{Command, Stdio},
};

/// A space, and a person in front of it.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let settings = "[user]\n\tname = Grace Hopper\n\temail = grace@example.org\n";
        std::fs::write(desk.0.path().join(".gitconfig"), settings).unwrap();
        desk.plain(&["init", "makers", "--name", "Makers", "--zone", "UTC"], &[]);
        desk
    }

    fn command(&self, program: &str) -> Command {
        let program_dir = Path::new(env!("CARGO_BIN_EXE_space")).parent().unwrap();
        let path = env::var_os("PATH").unwrap_or_default();
        let path = [program_dir.to_owned()].into_iter().chain(env::split_paths(&path));
        let mut command = Command::new(program);
        command
            .current_dir(self.0.path())
            .env_clear()
            .env("PATH", env::join_paths(path).unwrap())
            .env("HOME", self.0.path())
            .env("TERM", "xterm-256color")
            .env("SHELL", "/bin/sh")
            .env("SPACE_NOW", "2026-03-02T18:00:00Z");
        command
    }

    /// Runs a command without a terminal; returns its output.
    fn plain(&self, args: &[&str], variables: &[(&str, &str)]) -> String {
        let mut command = self.command("space");
        let output = command.args(args).envs(variables.iter().copied()).output().unwrap();
        let printed = [output.stdout, output.stderr].concat();
        String::from_utf8(printed).unwrap()
    }

    /// Runs a line on a terminal. When the question appears, an answer is typed.
    fn typed(&self, line: &str, question: &str, answer: &str) -> String {
        self.dialogue(line, &[(question, answer)])
    }

    /// Runs a line on a terminal. When each question appears, its answer is typed.
    fn dialogue(&self, line: &str, all: &[(&str, &str)]) -> String {
        let mut command = self.command("script");
        let mut child = command
            .args(["-qec", line, "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`script` of util-linux plays the terminal");
        let (mut keys, mut screen) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut printed = Vec::new();
        let mut byte = [0];
        for (question, answer) in all {
            let from = printed.len();
            let asked = |printed: &[u8]| String::from_utf8_lossy(printed).contains(question);
            while !asked(&printed[from..]) && screen.read(&mut byte).unwrap() > 0 {
                printed.push(byte[0]);
            }
            keys.write_all(answer.as_bytes()).unwrap();
        }
        screen.read_to_end(&mut printed).unwrap();
        child.wait().unwrap();
        String::from_utf8(printed).unwrap()
    }
}

#[test]
fn an_undo_asks_first_and_no_is_the_default() {
    let desk = Desk::new();
    desk.plain(&["-C", "makers", "member", "add", "Ada", "--tier", "guest"], &[]);
    for answer in ["\n", "n\n", "perhaps\n"] {
        let printed = desk.typed("space -C makers undo", "(y/N): ", answer);
        assert!(printed.contains("Undo \"member: add 0001 Ada\""), "{printed}");
        assert!(printed.contains("nothing was undone"), "{printed}");
    }
    let printed = desk.typed("space -C makers undo", "(y/N): ", "y\n");
    assert!(printed.contains("undo: member: add 0001 Ada"), "{printed}");
    assert!(
        desk.plain(&["-C", "makers", "member", "list"], &[]).starts_with("there are no members")
    );
}

#[test]
fn missing_values_are_asked_for_on_a_terminal_only() {
    let desk = Desk::new();
    let printed = desk.plain(&["-C", "makers", "member", "add"], &[]);
    assert!(printed.contains("the name is missing"), "{printed}");
    let printed = desk.typed("space -C makers member add --tier guest", "Name: ", "Ada Lovelace\n");
    assert!(printed.contains("member: add 0001 Ada Lovelace"), "{printed}");
    desk.typed("space init second", "]: ", "Second Space\n");
    assert!(desk.plain(&["-C", "second", "status"], &[]).contains("Second Space"));
}

#[test]
fn who_is_covered_is_asked_for_money_only_if_that_is_meant() {
    let desk = Desk::new();
    desk.plain(&["-C", "makers", "settings", "edit", "--mail-from", "us@example.org"], &[]);
    let ada = ["-C", "makers", "member", "add", "Ada", "--paid-until", "+1m"];
    desk.plain(&[&ada[..], &["--email", "ada@example.org"]].concat(), &[]);
    let nudge = "space -C makers notice nudge ada";
    let printed = desk.typed(nudge, "(y/N): ", "\n");
    assert!(printed.contains("0001 Ada is covered until 2026-04-16"), "{printed}");
    assert!(printed.contains("nothing was sent"), "{printed}");
    let printed = desk.typed(nudge, "(y/N): ", "y\n");
    assert!(printed.contains("1 sent into"), "{printed}");
}

#[test]
fn a_passcode_is_not_shown_while_it_is_typed() {
    let desk = Desk::new();
    desk.plain(&["-C", "makers", "member", "add", "Ada", "--tier", "guest"], &[]);
    let line = "space -C makers credential add --member ada --passcode -";
    let printed = desk.typed(line, "Passcode: ", "471100\n");
    assert!(printed.contains("add passcode of 0001 Ada"), "{printed}");
    assert!(!printed.contains("471100"), "{printed}");
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let desk = Desk::new();
    let list = ["-C", "makers", "facility", "list"];
    let coloured = |printed: &str| printed.contains('\u{1b}');
    assert!(coloured(&desk.typed("space -C makers facility list", "", "")));
    assert!(!coloured(&desk.typed("NO_COLOR=1 space -C makers facility list", "", "")));
    assert!(!coloured(&desk.plain(&list, &[])));
    assert!(coloured(&desk.plain(&list, &[("CLICOLOR_FORCE", "1")])));
    assert!(!coloured(&desk.plain(&list, &[("NO_COLOR", "1")])));
    let json = ["-C", "makers", "facility", "list", "--json"];
    assert!(!coloured(&desk.plain(&json, &[("CLICOLOR_FORCE", "1")])));
}

#[test]
fn a_table_fits_the_terminal_and_is_whole_in_a_pipe() {
    let desk = Desk::new();
    let name = "Augusta Ada King, Countess of Lovelace, of Ockham Park";
    desk.plain(&["-C", "makers", "member", "add", name, "--tier", "guest"], &[]);
    let printed = desk.typed("stty cols 72; NO_COLOR=1 space -C makers member list", "", "");
    assert!(printed.lines().all(|line| line.trim_end().chars().count() <= 72), "{printed}");
    assert!(printed.contains("Ockham") && printed.contains(" good "), "{printed}");
    let last = printed.lines().map(str::trim_end).rfind(|line| !line.is_empty());
    let left_out = "left out, since the window is narrow: CREDENTIALS, JOINED, TIER";
    assert_eq!(last, Some(left_out), "{printed}");
    let printed = desk.plain(&["-C", "makers", "member", "list"], &[]);
    assert!(printed.lines().any(|line| line.contains(name)), "{printed}");
}

/// Two members, and a statement with a payment of Ada's and four that name nobody.
fn desk_with_a_statement() -> Desk {
    let desk = Desk::new();
    for name in ["Ada", "Bob"] {
        desk.plain(&["-C", "makers", "member", "add", name, "--joined", "2026-01-01"], &[]);
    }
    let row = |number: u32, amount: &str, text: &str| {
        format!(
            "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>2026022{number}<TRNAMT>{amount}<FITID>F{number}\
             <NAME>{text}</STMTTRN>\n"
        )
    };
    let rows = [
        row(1, "25.00", "SM0001 ADA"),
        row(2, "25.00", "A FRIEND"),
        row(3, "50.00", "FOR TWO"),
        row(4, "30.00", "SOMETHING"),
        row(5, "25.00", "SM-0002 BOB"),
    ];
    let head =
        "OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP\n<BANKTRANLIST>\n";
    let tail = "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n";
    std::fs::write(desk.0.path().join("february.ofx"), format!("{head}{}{tail}", rows.concat()))
        .unwrap();
    desk
}

const IMPORT: &str = "NO_COLOR=1 space -C makers payment import \"$PWD/february.ofx\"";
const WHOM: &str = "?]: ";
const WRITE: &str = "(y/N): ";

#[test]
fn an_import_asks_about_each_transaction_before_its_one_commit() {
    let desk = desk_with_a_statement();
    let commits = || desk.plain(&["-C", "makers", "log"], &[]).lines().count();
    let before = commits();
    let printed = desk.dialogue(
        IMPORT,
        &[
            (WHOM, "0002\n"), // 1: Bob, who is the friend
            (WHOM, "s\n"),    // 2: for two
            ("0015=25: ", "0001=25, bob=25\n"),
            (WHOM, "b\n"),                // 3: no, go back
            (WHOM, "s ada=25, bob=25\n"), // 2: the same in one line
            (WHOM, "nobody\n"),           // 3: no such member
            (WHOM, "ada\n"),              // 3: 30.00 is no whole month
            ("months does it buy?", "1\n"),
            (WHOM, "1\n"), // 4: the suggestion
            (WRITE, "y\n"),
        ],
    );
    assert!(printed.contains("1 of 4: 2026-02-22  25.00  A FRIEND"), "{printed}");
    assert!(printed.contains("0001 Ada has paid until 2026-04-21"), "{printed}");
    assert!(printed.contains("no member matches"), "{printed}");
    assert!(printed.contains("  1  0002 Bob"), "{printed}");
    let subject = "payment: import 5 transactions (5 credited, 0 unmatched)";
    assert!(printed.contains(&format!("done: {subject}")), "{printed}");
    assert_eq!(commits(), before + 1, "{printed}");
    let list = desk.plain(&["-C", "makers", "payment", "list"], &[]);
    assert!(list.contains("6 payments, 155.00"), "{list}");
    assert!(desk.plain(&["-C", "makers", "check"], &[]).contains("0 errors"));
    let again = desk.typed(IMPORT, "", "");
    assert!(again.contains("5 known (155.00)") && again.contains("nothing to write"), "{again}");
}

#[test]
fn what_is_left_waits_and_nothing_is_written_without_a_yes() {
    let desk = desk_with_a_statement();
    let printed =
        desk.dialogue(IMPORT, &[(WHOM, "bob\n"), (WHOM, "?\n"), (WHOM, "q\n"), (WRITE, "\n")]);
    assert!(printed.contains("leave it unmatched"), "{printed}");
    assert!(printed.contains("nothing was written"), "{printed}");
    let list = || desk.plain(&["-C", "makers", "payment", "list"], &[]);
    assert!(list().starts_with("there are no payments"), "{}", list());
    let printed = desk.dialogue(
        IMPORT,
        &[
            (WHOM, "b\n"),
            (WHOM, "ada\n"),
            (WHOM, "b\n"), // takes back that it is Ada's
            (WHOM, "\n"),
            (WHOM, "9\n"),
            (WHOM, "q\n"),
            (WRITE, "y\n"),
        ],
    );
    assert!(printed.contains("this is the first one"), "{printed}");
    assert!(printed.contains("there is no suggestion 9"), "{printed}");
    assert!(printed.contains("(1 credited, 4 unmatched)"), "{printed}");
    assert!(list().contains("SM0001 ADA") && !list().contains("A FRIEND"), "{}", list());
}

#[test]
fn money_that_is_known_is_settled_with_one_key() {
    let desk = desk_with_a_statement();
    let cash = ["-C", "makers", "payment", "add", "ada", "25", "--date", "2026-02-20"];
    desk.plain(&cash, &[]);
    let printed = desk.dialogue(
        IMPORT,
        &[("=  the same money as", ""), (WHOM, "=\n"), (WHOM, "q\n"), (WRITE, "y\n")],
    );
    assert!(printed.contains("(0 credited, 4 unmatched, 1 known)"), "{printed}");
    let waiting = desk.plain(&["-C", "makers", "payment", "list", "--unmatched"], &[]);
    assert!(!waiting.contains("SM0001 ADA"), "{waiting}");
}

#[test]
fn a_guessed_profile_is_kept_only_after_a_yes_and_under_a_name_that_is_asked_for() {
    let desk = Desk::new();
    let table = "Booked;D/C;Sum;Details\n24/02/2026;C;\u{a3}25.00;B NOYCE SM0002\n\
                 25/02/2026;D;\u{a3}8.70;POWER LTD\n";
    std::fs::write(desk.0.path().join("Our Bank.csv"), table).unwrap();
    let new = "stty cols 120; NO_COLOR=1 space -C makers payment profile new \"$PWD/Our Bank.csv\"";
    let profiles = || desk.plain(&["-C", "makers", "payment", "profile", "list"], &[]);
    for answer in ["\n", "n\n"] {
        let printed = desk.typed(new, "(y/N): ", answer);
        assert!(printed.contains("2026-02-24  25.00   B NOYCE SM0002"), "{printed}");
        assert!(printed.contains("2026-02-25  -8.70   POWER LTD"), "{printed}");
        assert!(printed.contains("Keep this profile"), "{printed}");
        assert!(!profiles().contains("our-bank"), "{}", profiles());
    }
    // The name that is suggested is the file's; another one may be typed.
    let printed = desk.dialogue(new, &[("(y/N): ", "y\n"), ("]: ", "\n")]);
    assert!(printed.contains("done: payment: add profile our-bank"), "{printed}");
    let printed = desk.dialogue(new, &[("(y/N): ", "y\n"), ("]: ", "credit-union\n")]);
    assert!(printed.contains("add profile credit-union"), "{printed}");
    let printed = desk.dialogue(new, &[("(y/N): ", "y\n"), ("]: ", "not a name\n")]);
    assert!(!printed.contains("done:"), "{printed}");
    assert!(profiles().contains("our-bank") && profiles().contains("credit-union"));
}

#[test]
fn the_manual_opens_as_a_page_at_a_terminal_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let man = desk.0.path().join("man");
    std::fs::write(&man, "#!/bin/sh\necho opened $1 $2; grep -c SYNOPSIS\n").unwrap();
    std::fs::set_permissions(&man, std::fs::Permissions::from_mode(0o755)).unwrap();
    let printed = desk.typed("PATH=.:$PATH space man", "", "");
    assert_eq!(printed.split_whitespace().collect::<Vec<_>>(), ["opened", "-l", "-", "1"]);
    assert!(desk.plain(&["man"], &[]).contains(".SH SYNOPSIS"));
    // Without a `man`, the page itself is better than nothing.
    std::fs::write(&man, "#!/bin/sh\ncat > /dev/null; exit 16\n").unwrap();
    assert!(desk.typed("PATH=.:$PATH space man", "", "").contains(".SH SYNOPSIS"));
}

//! Several clones of one space: `space sync`, and people who only know git.

use std::process::Stdio;

use super::support::{Said, World};

/// A shared repository with Ada, and two clones of it.
pub(super) fn world() -> World {
    let world = World::new();
    let init = ["init", "--bare", "shared.git", "--name", "Makers", "--zone", "Europe/London"];
    world.space(".", &init).good();
    world.space("shared.git", &["key", "export", "--to", "../the.key"]).good();
    clone(&world, "one");
    world.space("one", &["member", "add", "Ada", "--tier", "standard"]).good();
    let fob = ["credential", "add", "--member", "ada", "--fob", "15408774", "--tag", "ada-fob"];
    world.space("one", &fob).good();
    world.space("one", &["sync"]).good().says(&["pushed what was changed here"]);
    clone(&world, "two");
    world
}

pub(super) fn clone(world: &World, name: &str) {
    let made = world.space(".", &["clone", "shared.git", name, "--key", "the.key"]).good();
    made.says(&["cloned Makers into"]);
    world.git(name, &["config", "user.name", name]).good();
}

fn tree(world: &World, at: &str) -> String {
    world.git(at, &["rev-parse", "main^{tree}"]).good().out
}

#[track_caller]
pub(super) fn in_step(world: &World) {
    let all = ["one", "two", "shared.git"].map(|at| tree(world, at));
    assert_eq!(all[0], all[2]);
    assert_eq!(all[1], all[2]);
    for at in ["one", "two"] {
        assert_eq!(world.git(at, &["status", "--porcelain"]).good().out, "");
        world.space(at, &["check", "HEAD"]).good();
    }
}

#[test]
fn what_two_admins_did_comes_together() {
    let world = world();
    world.space("one", &["member", "edit", "ada", "--name", "Ada Lovelace"]).good();
    world.space("two", &["member", "suspend", "ada", "--reason", "lost fob"]).good();
    world.space("two", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.space("one", &["sync"]).good();
    world.space("two", &["sync"]).good().says(&["Ada Lovelace", "pushed"]);
    world.space("one", &["sync"]).good().says(&["suspend", "in step"]);
    in_step(&world);
    assert_eq!(world.members("one"), ["Ada Lovelace", "Bob"]);
    world.space("one", &["member", "show", "ada"]).good().says(&["2026-03-02"]);
    world.space("one", &["sync"]).good().says(&["nothing is new"]);
}

#[test]
fn a_number_given_twice_belongs_to_whoever_pushed_first() {
    let world = world();
    world.space("one", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.space("two", &["member", "add", "Carol", "--tier", "guest"]).good();
    let fob = ["credential", "add", "--member", "carol", "--fob", "999", "--tag", "carols"];
    world.space("two", &fob).good();
    world.space("one", &["sync"]).good();
    world.space("two", &["sync"]).good().says(&["0002", "0003", "was pushed first"]);
    world.space("one", &["sync"]).good().says(&["0002 Bob is now 0003 Carol"]);
    in_step(&world);
    assert_eq!(world.members("two"), ["Ada", "Bob", "Carol"]);
    world.space("one", &["credential", "show", "carols"]).good().says(&["0003"]);
}

#[test]
fn one_field_with_two_values_waits_for_an_answer() {
    let world = world();
    world.space("one", &["member", "edit", "ada", "--name", "Ada King"]).good();
    world.space("two", &["member", "edit", "ada", "--name", "Ada Byron"]).good();
    world.space("one", &["sync"]).good();
    world.space("two", &["sync"]).good().says(&["1 question waits"]);
    assert_eq!(world.members("two"), ["Ada Byron"], "one of them stands");
    world.space("two", &["status"]).good().says(&["1 question", "space sync resolve"]);
    world.space("two", &["sync", "resolve"]).good().says(&[
        "members/00/0001/member.json: name",
        "Ada King",
        "Ada Byron",
        "by one on",
        "by two on",
        "(stands)",
    ]);
    world
        .space("two", &["sync", "resolve", "7", "ours"])
        .refused(&["no question has the number 7"]);
    world.space("two", &["sync", "resolve", "1", "theirs"]).good();
    assert_eq!(world.members("two"), ["Ada King"]);
    world.space("two", &["sync", "resolve"]).good().says(&["no question waits"]);
    world.space("two", &["sync"]).good();
    world.space("one", &["sync"]).good();
    in_step(&world);
}

/// A treasurer at each clone, and neither has heard of `space sync`.
#[test]
fn payments_of_both_sides_count_once_after_a_plain_pull() {
    let world = world();
    let pay = |at: &str, on: &str| {
        world.space(at, &["payment", "add", "ada", "25", "--date", on, "--months", "1"]).good();
    };
    pay("one", "2026-01-05");
    world.git("one", &["push", "-q"]).good();
    pay("two", "2026-02-05");
    world.git("two", &["pull", "-q"]).good();
    let paid = world.space("two", &["member", "show", "ada"]).good();
    paid.says(&["2026-03-05"]);
    world.space("two", &["check", "HEAD"]).good();
    world.git("two", &["push", "-q"]).good();
    world.git("one", &["pull", "-q"]).good();
    in_step(&world);
}

/// Each downloaded another file of the same account, in which the same money has another identity.
#[test]
fn money_from_two_formats_counts_once_after_a_plain_pull() {
    let world = world();
    let ofx = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>\
               <CURDEF>GBP<BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260227<TRNAMT>25.00\
               <FITID>F1<NAME>SM0001</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n";
    let csv = "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes\n\
               27/02/2026,Ada,SM0001,FASTER PAYMENT,25.00,125.00,INCOME,\n";
    world.write("bank.ofx", ofx);
    world.write("bank.csv", csv);
    world.space("one", &["payment", "import", "../bank.ofx", "--yes"]).good();
    world.git("one", &["push", "-q"]).good();
    world.space("two", &["payment", "import", "../bank.csv", "--yes"]).good();
    world.git("two", &["pull", "-q"]).good();
    world.space("two", &["member", "show", "ada"]).good().says(&["2026-03-27"]);
    let waiting = world.space("two", &["payment", "list", "--unmatched"]).good();
    waiting.says(&["what may be the same money for 0001"]);
    world.space("two", &["check", "HEAD"]).good();
    world.git("two", &["push", "-q"]).good();
    world.git("one", &["pull", "-q"]).good();
    in_step(&world);
}

#[test]
fn a_rebase_a_cherry_pick_and_a_revert_join_fields() {
    let world = world();
    world.space("one", &["member", "edit", "ada", "--name", "Ada Lovelace"]).good();
    world.git("one", &["push", "-q"]).good();
    world.space("two", &["member", "suspend", "ada", "--reason", "x"]).good();
    world.git("two", &["pull", "-q", "--rebase"]).good();
    assert_eq!(world.members("two"), ["Ada Lovelace"]);
    world.git("two", &["push", "-q"]).good();
    world.git("one", &["pull", "-q"]).good();
    in_step(&world);

    world.git("two", &["switch", "-q", "-c", "draft", "HEAD~1"]).good();
    world.git("two", &["config", "space.branch", "draft"]).good();
    world.space("two", &["member", "edit", "ada", "--tier", "guest"]).good();
    world.git("two", &["switch", "-q", "main"]).good();
    world.git("two", &["config", "space.branch", "main"]).good();
    world.git("two", &["cherry-pick", "draft"]).good();
    let shown = world.space("two", &["member", "show", "ada", "--json"]).good();
    shown.says(&["\"tier\": \"guest\"", "2026-03-02"]);
    world.git("two", &["revert", "--no-edit", "HEAD~1"]).good();
    let shown = world.space("two", &["member", "show", "ada", "--json"]).good();
    shown.says(&["\"tier\": \"guest\"", "\"suspended\": null"]);
}

#[test]
fn a_number_given_twice_is_no_conflict_marker_for_git_either() {
    let world = world();
    world.space("one", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.space("two", &["member", "add", "Carol", "--tier", "guest"]).good();
    world.git("one", &["push", "-q"]).good();
    world.git("two", &["pull", "-q"]).refused(&["gave this number to a new member", "space sync"]);
    let record = std::fs::read_to_string(world.path("two/members/00/0002/member.json")).unwrap();
    assert!(record.contains("Carol") && !record.contains("<<<<"), "{record}");
    world.space("two", &["sync"]).refused(&["in the middle of a merge", "git merge --abort"]);
    world.git("two", &["merge", "--abort"]).good();
    world.space("two", &["sync"]).good();
    assert_eq!(world.members("two"), ["Ada", "Bob", "Carol"]);
}

#[test]
fn squashed_and_rebased_copies_leave_nothing_to_join() {
    let world = world();
    for name in ["Bob", "Carol"] {
        world.space("one", &["member", "add", name, "--tier", "guest"]).good();
    }
    // As a pull request that was merged with the default settings of a server.
    world.git("two", &["fetch", "-q", "../one", "main"]).good();
    world.git("two", &["merge", "-q", "--squash", "FETCH_HEAD"]).good();
    world.git("two", &["commit", "-q", "-m", "two new members (#1)"]).good();
    world.git("two", &["push", "-q"]).good();
    world.space("one", &["sync"]).good().says(&["in step"]);
    let subject = world.git("one", &["log", "-1", "--format=%s"]).good().out;
    assert_eq!(subject, "two new members (#1)\n");
    in_step(&world);
}

/// A server that merges pull requests by rebasing gives each commit another id.
#[test]
fn rebased_copies_leave_only_what_is_new_to_join() {
    let world = world();
    for name in ["Bob", "Carol"] {
        world.space("one", &["member", "add", name, "--tier", "guest"]).good();
    }
    world.space("two", &["member", "edit", "ada", "--name", "Ada King"]).good();
    world.git("two", &["push", "-q"]).good();
    world.git("two", &["fetch", "-q", "../one", "main"]).good();
    world.git("two", &["cherry-pick", "-x", "HEAD..FETCH_HEAD"]).good();
    world.git("two", &["push", "-q"]).good();
    world.space("one", &["member", "add", "Dan", "--tier", "guest"]).good();
    world.space("one", &["sync"]).good().says(&["pushed"]);
    world.space("two", &["sync"]).good();
    in_step(&world);
    let mut names = world.members("one");
    names.sort();
    assert_eq!(names, ["Ada King", "Bob", "Carol", "Dan"]);
}

/// As the times of one requirement are joined by `space sync`, so git joins them.
#[test]
fn the_shorter_hours_stand_for_git_too() {
    let world = world();
    let evening = |at: &str, from: &str, to: &str| {
        let times = ["--every", "wed", "--from", from, "--to", to];
        let set = [&["requirement", "set", "evening"][..], &times].concat();
        world.space(at, &set).good();
    };
    let add =
        ["requirement", "add", "frontdoor", "--every", "wed", "--from", "19:00", "--to", "21:00"];
    let more = ["--priority=-1", "--tag", "evening"];
    world.space("one", &[&add[..], &more].concat()).good();
    world.git("one", &["push", "-q"]).good();
    world.space("two", &["sync"]).good();
    evening("one", "09:00", "23:00");
    world.git("one", &["push", "-q"]).good();
    evening("two", "20:00", "21:00");
    let pulled = world.git("two", &["pull", "-q"]).good();
    assert!(!pulled.err.contains("two values"), "{pulled:?}");
    let times = |at: &str| world.space(at, &["requirement", "show", "evening"]).good();
    times("two").says(&["20:00"]);
    world.space("two", &["sync", "resolve"]).good().says(&["no question waits"]);
    world.git("two", &["push", "-q"]).good();
    world.space("one", &["sync"]).good();
    times("one").says(&["20:00"]);
}

#[test]
fn a_history_that_was_rewritten_is_followed_only_on_demand() {
    let world = world();
    let before = world.git("two", &["rev-parse", "main"]).good().out;
    world.git("shared.git", &["update-ref", "refs/heads/main", "main~1"]).good();
    world.space("two", &["sync"]).refused(&["was rewritten", "--follow-rewritten"]);
    assert_eq!(world.git("two", &["rev-parse", "main"]).good().out, before);
}

#[test]
fn what_is_not_this_space_any_more_is_told_and_changes_nothing() {
    let world = world();
    let before = world.git("two", &["rev-parse", "main"]).good().out;
    let unchanged = |why: &[&str]| {
        world.space("two", &["sync"]).refused(why);
        assert_eq!(world.git("two", &["rev-parse", "main"]).good().out, before);
        assert_eq!(world.git("two", &["status", "--porcelain"]).good().out, "");
    };
    let point = |at: &str| world.git("two", &["remote", "set-url", "origin", at]).good();
    point("../nowhere.git");
    unchanged(&["nowhere.git cannot be used", "git ls-remote"]);

    world.space(".", &["init", "--bare", "other.git", "--name", "Other"]).good();
    point("../other.git");
    unchanged(&["was rewritten"]);
    world.git("two", &["update-ref", "-d", "refs/remotes/origin/main"]).good();
    unchanged(&["no common history"]);

    world.git(".", &["init", "-q", "code"]).good();
    world.write("code/README.md", "code");
    world.git("code", &["add", "."]).good();
    world.git("code", &["commit", "-q", "-m", "code"]).good();
    point("../code");
    unchanged(&["not a space"]);

    point("../shared.git");
    world.git("shared.git", &["branch", "-m", "main", "old"]).good();
    unchanged(&["couldn't find remote ref"]);
    world.git("shared.git", &["branch", "-m", "old", "main"]).good();

    world.write("garbage", "#!/bin/sh\nhead -c 400 /dev/urandom\n");
    point("ext::head -c 400 /dev/urandom");
    unchanged(&["cannot be used"]);
}

#[test]
fn records_that_do_not_parse_are_mended_on_their_side() {
    let world = world();
    world.edit("one/members/00/0001/member.json", "\"name\"", "\"nam\"");
    world.git("one", &["commit", "-q", "--no-verify", "-am", "broken"]).good();
    world.git("shared.git", &["fetch", "-q", "../one", "main:main"]).good();
    world.space("two", &["member", "add", "Bob", "--tier", "guest"]).good();
    let before = world.git("two", &["rev-parse", "main"]).good().out;
    world.space("two", &["sync"]).refused(&["cannot be joined", "member.json", "nam"]);
    assert_eq!(world.git("two", &["rev-parse", "main"]).good().out, before);
}

#[test]
fn unsaved_edits_stay_and_keep_nothing_else_away() {
    let world = world();
    world.space("one", &["member", "edit", "ada", "--name", "Ada King"]).good();
    world.space("one", &["sync"]).good();
    world.edit("two/members/00/0001/member.json", "\"Ada\"", "\"Ada B\"");
    world.space("two", &["sync"]).refused(&["uncommitted edits", "members/00/0001/member.json"]);
    world.git("two", &["checkout", "-q", "."]).good();
    world.edit("two/space.json", "Makers", "Our makers");
    world.space("two", &["sync"]).good();
    assert_eq!(world.members("two"), ["Ada King"]);
    world.git("two", &["status", "--porcelain"]).good().says(&["space.json"]);
}

#[test]
fn pushes_at_the_same_moment_all_arrive() {
    let world = world();
    clone(&world, "three");
    let clones = ["one", "two", "three"];
    for (name, at) in ["Bob", "Carol", "Dan"].into_iter().zip(clones) {
        world.space(at, &["member", "add", name, "--tier", "guest"]).good();
    }
    let begin = |at: &&str| {
        let mut sync = world.command("space", at, &["sync"]);
        sync.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let running: Vec<_> = clones.iter().map(begin).collect();
    for child in running {
        Said::from(child.wait_with_output().unwrap()).good();
    }
    for at in clones {
        world.space(at, &["sync"]).good();
    }
    in_step(&world);
    let mut names = world.members("three");
    names.sort();
    assert_eq!(names, ["Ada", "Bob", "Carol", "Dan"]);
}

#[test]
fn a_door_only_takes_over() {
    let world = world();
    world.space(".", &["door", "clone", "shared.git", "door.git"]).good();
    world.space("one", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.space("one", &["sync"]).good();
    world.space("door.git", &["sync"]).good().says(&["in step"]);
    assert_eq!(world.members("door.git"), ["Ada", "Bob"]);
    world.git("shared.git", &["update-ref", "refs/heads/main", "main~1"]).good();
    world.space("door.git", &["sync"]).refused(&["was rewritten"]);
    assert_eq!(world.members("door.git"), ["Ada", "Bob"], "it goes on with what it has");
    world.space("door.git", &["sync", "--follow-rewritten"]).good();
    assert_eq!(world.members("door.git"), ["Ada"]);
}

#[test]
fn what_takes_access_from_many_needs_somebody_who_says_so() {
    let world = world();
    for number in 0..8 {
        let name = format!("Member {number}");
        world.space("one", &["member", "add", &name, "--tier", "guest"]).good();
        let (id, fob) = (format!("000{}", number + 2), format!("77{number}"));
        world.space("one", &["credential", "add", "--member", &id, "--fob", &fob]).good();
    }
    world.space("one", &["sync"]).good();
    let id = world.space("one", &["requirement", "list", "--json"]).good().out;
    let tag = serde_json::from_str::<serde_json::Value>(&id).unwrap()[0]["tag"].clone();
    let tag = tag.as_str().unwrap();
    let raise = ["requirement", "set", tag, "--priority", "4"];
    world.space("one", &raise).refused(&[
        "brake",
        "takes access from 8 of 8 members",
        "--confirm 8",
    ]);
    let few = [&raise[..], &["--confirm", "7"]].concat();
    world.space("one", &few).refused(&["--confirm 8"]);

    // By hand, the server refuses it, until the newest commit confirms it.
    let path = world.git("one", &["ls-files", "facilities/frontdoor/requirements"]).good().out;
    world.edit(&format!("one/{}", path.trim()), "\"priority\": 1", "\"priority\": 4");
    world.git("one", &["commit", "-q", "-am", "only the board"]).good();
    world.git("one", &["push", "-q"]).refused(&["brake", "Space-Confirm: 8 members"]);
    world.space("one", &["diff"]).says(&["loses frontdoor", "takes access from 8 of 8 members"]);
    world.space("one", &["sync"]).refused(&["--confirm 8"]);
    world.space("one", &["sync", "--confirm", "8"]).good();
    world.space("two", &["sync"]).good();
    in_step(&world);
}

#[test]
fn a_space_that_says_so_syncs_by_itself() {
    let world = world();
    world.space("one", &["settings", "edit", "--auto-sync", "yes"]).good();
    world.space("one", &["sync"]).good();
    world.space("two", &["sync"]).good();
    world.space("one", &["member", "add", "Bob", "--tier", "guest"]).good();
    assert_eq!(world.members("shared.git"), ["Ada", "Bob"]);
    // What comes in first is built on, and a number that was just given is not given again.
    let carol = ["member", "add", "Carol", "--tier", "guest"];
    world.space("two", &carol).good();
    assert_eq!(world.members("shared.git"), ["Ada", "Bob", "Carol"]);
    // Without a network, the change is made all the same.
    world.git("two", &["remote", "set-url", "origin", "../nowhere.git"]).good();
    world.space("two", &["member", "add", "Dan", "--tier", "guest"]).good().says(&["not synced"]);
    assert_eq!(world.members("two"), ["Ada", "Bob", "Carol", "Dan"]);
    world.git("one", &["config", "space.sync", "manual"]).good();
    world.space("one", &["member", "add", "Eve", "--tier", "guest"]).good();
    assert_eq!(world.members("shared.git"), ["Ada", "Bob", "Carol"]);
}

/// A `git` that ends whoever started it, before or after it has done its work for the nth time.
fn deadly_git(world: &World, nth: u32, afterwards: bool) {
    let real = std::env::split_paths(&std::env::var_os("PATH").unwrap())
        .map(|dir| dir.join("git"))
        .find(|file| file.is_file())
        .unwrap();
    let (real, count) = (real.display(), world.path("count"));
    let count = count.display();
    let work = if afterwards { format!("{real} \"$@\"") } else { ":".to_owned() };
    let script = format!(
        "#!/bin/sh\nn=$(($(cat {count}) + 1))\necho $n > {count}\n\
         if [ $n = {nth} ]; then {work}; kill -9 $PPID; exit 1; fi\nexec {real} \"$@\"\n"
    );
    world.write("count", "0");
    world.write("deadly/git", script);
    let made = Said::of(&mut world.command("chmod", ".", &["+x", "deadly/git"]));
    made.good();
}

/// Fetching, joining and pushing are steps of git with ours between them: whatever step is the last,
/// the next sync goes on from there.
#[test]
fn a_sync_that_is_killed_anywhere_is_finished_by_the_next() {
    let world = world();
    let mut killed = 0;
    for (round, (nth, afterwards)) in
        (1..=4).flat_map(|nth| [(nth, false), (nth, true)]).enumerate()
    {
        let names = ["one", "two"].map(|at| format!("Somebody {at} {round}"));
        for (at, name) in ["one", "two"].iter().zip(&names) {
            world.space(at, &["member", "add", name, "--tier", "guest"]).good();
        }
        world.space("one", &["sync"]).good();
        deadly_git(&world, nth, afterwards);
        let mut sync = world.command("space", "two", &["sync"]);
        let path = sync.get_envs().find(|(name, _)| *name == "PATH").unwrap().1.unwrap().to_owned();
        let path = [world.path("deadly")].into_iter().chain(std::env::split_paths(&path));
        sync.env("PATH", std::env::join_paths(path).unwrap());
        killed += u32::from(Said::of(&mut sync).code.is_none());
        world.space("two", &["sync"]).good();
        world.space("one", &["sync"]).good();
        in_step(&world);
        let members = world.members("one");
        assert_eq!(members.len(), 3 + 2 * round, "{members:?}");
    }
    assert!(killed >= 5, "only {killed} were killed");
}

/// A server as small as can be, in front of `git http-backend`.
const SERVER: &str = r#"
import http.server, os, sys
os.chdir(sys.argv[1])
class Server(http.server.CGIHTTPRequestHandler):
    cgi_directories = ["/cgi-bin"]
    have_fork = False
    def log_message(self, *rest): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
print(server.server_port, flush=True)
server.serve_forever()
"#;

#[test]
fn a_remote_over_http_is_like_any_other() {
    use std::io::BufRead as _;
    let world = world();
    world.git("shared.git", &["config", "http.receivepack", "true"]).good();
    let root = world.path(".");
    let cgi = format!(
        "#!/bin/sh\nexport GIT_PROJECT_ROOT={} GIT_HTTP_EXPORT_ALL=1\nexec git http-backend\n",
        root.display()
    );
    world.write("www/cgi-bin/git", cgi);
    Said::of(&mut world.command("chmod", ".", &["+x", "www/cgi-bin/git"])).good();
    world.write("server.py", SERVER);
    let mut server = world.command("python3", ".", &["server.py", "www"]);
    let Ok(mut server) = server.stdout(Stdio::piped()).stderr(Stdio::null()).spawn() else {
        return crate::part::missing("python3, for a server of HTTP");
    };
    let mut port = String::new();
    std::io::BufReader::new(server.stdout.take().unwrap()).read_line(&mut port).unwrap();
    let url = format!("http://127.0.0.1:{}/cgi-bin/git/shared.git", port.trim());
    world.git("two", &["remote", "set-url", "origin", &url]).good();
    world.space("one", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.space("one", &["sync"]).good();
    world.space("two", &["member", "add", "Carol", "--tier", "guest"]).good();
    let synced = world.space("two", &["sync"]);
    // The server is gone in the middle of the day.
    server.kill().unwrap();
    server.wait().unwrap();
    synced.good().says(&["0003"]);
    world.space("two", &["sync"]).refused(&["cannot be used"]);
    world.space("one", &["sync"]).good();
    in_step(&world);
}

//! The interface for programs, as a program meets it.

use serde_json::{Value, json};

use crate::{
    program::{Program, configure},
    world::{ADA, BOB, World},
};

const ALL: &[&str] = &["decisions", "activity", "records", "changes", "payments"];

fn titled(answer: &Value) -> String {
    answer["title"].as_str().unwrap_or_default().to_owned()
}

/// requirements.md D-96.
#[test]
fn a_program_asks_what_a_facility_requires_now() {
    let world = World::new();
    let tokens = configure(&world, &[("wall", &["decisions"])]);
    let web = world.web();
    let wall = Program::new(&web, &tokens[0]);
    let (status, door) = wall.get("/facilities/frontdoor");
    assert_eq!(
        (status, &door["state"], &door["required_priority"]),
        (200, &json!("requires"), &json!(1))
    );
    world.good(&["requirement", "add", "frontdoor", "always", "--priority", "3", "--tag", "board"]);
    web.running.wait("in-force");
    assert_eq!(wall.get("/facilities/frontdoor").1["required_priority"], 3);
    world.good(&["requirement", "add", "frontdoor", "always", "--priority", "-1", "--tag", "open"]);
    web.running.wait("in-force");
    let held = wall.get("/facilities/frontdoor").1;
    assert_eq!((&held["state"], &held["required_priority"]), (&json!("held"), &Value::Null));
    let (_, all) = wall.get("/facilities");
    let names: Vec<_> =
        all["facilities"].as_array().unwrap().iter().map(|it| &it["facility"]).collect();
    assert_eq!(names, ["frontdoor", "health-and-safety", "laser"]);
    for missing in ["kiln", "Not%20a%20name", "%2e%2e%2fspace.json"] {
        assert_eq!(wall.get(&format!("/facilities/{missing}")).0, 404, "{missing}");
    }
}

#[test]
fn a_token_may_do_what_its_scopes_say_until_it_is_taken_back() {
    let world = World::new();
    let programs: &[(&str, &[&str])] = &[
        ("wall", &["decisions"]),
        ("log", &["activity"]),
        ("list", &["records"]),
        ("sync", &["changes"]),
        ("till", &["payments"]),
    ];
    let tokens = configure(&world, programs);
    let web = world.web();
    let ways = [
        ("GET", "/facilities", 0),
        ("POST", "/decisions", 0),
        ("GET", "/activity", 1),
        ("GET", "/members", 2),
        ("GET", "/members/0001/credentials", 2),
        ("GET", "/requirements", 2),
        ("POST", "/members", 3),
        ("PUT", "/requirements/x", 3),
        ("DELETE", "/credentials/x", 3),
        ("PUT", "/members/0001/leaving", 3),
        ("POST", "/commits/x/undo", 3),
        ("GET", "/members/0001/payments", 4),
        ("POST", "/members/0001/payments", 4),
    ];
    for (method, path, owner) in ways {
        for (number, token) in tokens.iter().enumerate() {
            let (status, _, answer) = Program::new(&web, token).send(method, path, None, &[]);
            assert_eq!(status == 403, number != owner, "{method} {path} {number}: {answer}");
            assert_ne!(status, 401);
        }
        for token in ["", "space_0000", &format!("{}0", tokens[owner])] {
            let (status, headers, answer) = Program::new(&web, token).send(method, path, None, &[]);
            assert_eq!((status, titled(&answer).as_str()), (401, "a valid token is needed"));
            assert_eq!(headers["www-authenticate"], "Bearer");
            assert_eq!(headers["content-type"], "application/problem+json");
        }
    }
    // A login of the panel is no token.
    assert_eq!(web.get("admin", "/api/v1/facilities").0, 401);
    let text = std::fs::read_to_string(world.config()).unwrap();
    let text = text.split("[token.wall]").next().unwrap().to_owned();
    world.reconfigure(&text);
    web.running.wait("note");
    assert_eq!(Program::new(&web, &tokens[0]).get("/facilities").0, 401);
}

#[test]
fn a_program_asks_what_a_credential_would_get_and_nothing_is_kept() {
    let world = World::new();
    let tokens = configure(&world, &[("wall", &["decisions"])]);
    let web = world.web();
    let wall = Program::new(&web, &tokens[0]);
    let ask = |value: &Value| wall.send("POST", "/decisions", Some(value), &[]);
    let question = json!({ "facility": "laser", "type": "fob", "code": ADA });
    let (status, headers, decided) = ask(&question);
    assert_eq!(
        (status, &decided["result"], &decided["member"]),
        (200, &json!("granted"), &json!("0001"))
    );
    assert_eq!(headers["etag"], format!("\"{}\"", decided["commit"].as_str().unwrap()));
    let (_, _, decided) = ask(&json!({ "facility": "laser", "type": "fob", "code": BOB }));
    assert_eq!(
        (&decided["reason"], &decided["words"]),
        (&json!("wrong-facility"), &json!("it is for other facilities"))
    );
    let before =
        json!({ "facility": "laser", "type": "fob", "code": ADA, "at": "2020-01-01T00:00:00Z" });
    assert_eq!(ask(&before).2["result"], "denied");
    for (wrong, status) in [
        (json!({ "facility": "kiln", "type": "fob", "code": ADA }), 422),
        (json!({ "facility": "laser", "type": "fob", "code": "ada lovelace" }), 422),
        (json!({ "facility": "laser", "type": "card", "code": ADA }), 422),
        (json!({ "facility": "laser", "type": "fob", "code": ADA, "more": 1 }), 422),
        (json!([]), 422),
    ] {
        assert_eq!(ask(&wrong).0, status, "{wrong}");
    }
    // A passcode is not repeated, whatever is wrong with it.
    let (_, _, answer) = ask(&json!({ "facility": "laser", "type": "passcode", "code": "12x4" }));
    assert!(!answer.to_string().contains("12x4"), "{answer}");
    assert_eq!(world.activities(), [] as [Value; 0]);
}

#[test]
fn activities_are_read_page_by_page() {
    let world = World::new();
    world.configure("serves = [\"things\"]", "");
    {
        let web = world.web();
        for token in [ADA, BOB, "77"] {
            web.get("", &format!("/verify?thing=laser&token={token}"));
        }
    }
    let tokens = configure(&world, &[("log", &["activity"])]);
    let web = world.web();
    let log = Program::new(&web, &tokens[0]);
    let (status, first) = log.get("/activity?limit=2");
    let members = |page: &Value| -> Vec<Value> {
        page["activities"].as_array().unwrap().iter().map(|it| it["member"].clone()).collect()
    };
    assert_eq!((status, members(&first)), (200, vec![json!("unknown"), json!("0002")]));
    let older = first["older"].as_str().unwrap();
    let (_, second) = log.get(&format!("/activity?limit=2&after={older}"));
    assert_eq!(members(&second), ["0001"]);
    let (_, denied) = log.get("/activity?result=denied&member=0002&facility=laser");
    assert_eq!(members(&denied), ["0002"]);
    assert_eq!(members(&log.get("/activity?until=2020-01-01T00:00:00Z").1), [] as [Value; 0]);
    for (query, status) in [
        ("limit=0", 422),
        ("limit=1001", 422),
        ("limit=x", 400),
        ("after=x", 422),
        ("member=ada", 422),
        ("from=yesterday", 400),
        ("more=1", 400),
    ] {
        assert_eq!(log.get(&format!("/activity?{query}")).0, status, "{query}");
    }
}

#[test]
fn members_are_shown_without_personal_data_and_credentials_without_codes() {
    let world = World::new();
    let tokens = configure(&world, &[("list", &["records"])]);
    let web = world.web();
    let list = Program::new(&web, &tokens[0]);
    let (status, ada) = list.get("/members/0001");
    assert_eq!(
        (status, &ada["name"], &ada["standing"]),
        (200, &json!("Ada Lovelace"), &json!("good"))
    );
    let (_, first) = list.get("/members?limit=1");
    assert_eq!((&first["members"][0]["member"], &first["next"]), (&json!("0001"), &json!("0001")));
    let (_, rest) = list.get("/members?after=0001");
    assert_eq!((&rest["members"][0]["member"], &rest["next"]), (&json!("0002"), &Value::Null));
    let (_, credentials) = list.get("/members/0001/credentials");
    assert_eq!(credentials["credentials"][0]["grants"][1]["facility"], "laser");
    let (_, inductions) = list.get("/members/0001/inductions");
    assert_eq!(inductions["inductions"][0]["inductor"], true);
    let (_, requirements) = list.get("/requirements?facility=frontdoor");
    assert_eq!(requirements["requirements"][0]["on"], true);
    let tag = requirements["requirements"][0]["tag"].as_str().unwrap();
    assert_eq!(list.get(&format!("/requirements/{tag}")).1, requirements["requirements"][0]);
    let all = format!("{ada}{first}{rest}{credentials}");
    for hidden in ["example.org", "\"code\"", ADA] {
        assert!(!all.contains(hidden), "{hidden} in {all}");
    }
    for missing in ["/members/0009", "/members/ada", "/requirements/x", "/members/9/inductions"] {
        assert_eq!(list.get(missing).0, 404, "{missing}");
    }
}

#[test]
fn a_program_changes_records_in_its_own_name() {
    let world = World::new();
    let tokens = configure(&world, &[("sync", ALL)]);
    let web = world.web();
    let sync = Program::new(&web, &tokens[0]);
    let new = json!({ "name": "Eve", "tier": "guest", "email": "eve@example.org" });
    let (status, _, planned) = sync.send("POST", "/members?dry_run=true", Some(&new), &[]);
    assert_eq!((status, &planned["commit"]), (200, &Value::Null));
    assert_eq!(
        planned["files"],
        json!(["members/00/0003/member.json", "members/00/0003/contact.json"])
    );
    assert_eq!(sync.get("/members/0003").0, 404, "nothing was changed");
    let (status, headers, done) = sync.send("POST", "/members", Some(&new), &[]);
    assert_eq!((status, &done["change"]), (201, &json!("member.add 0003")));
    assert_eq!(headers["etag"], format!("\"{}\"", done["commit"].as_str().unwrap()));
    let fob = json!({ "type": "fob", "code": "31", "tag": "t31",
                      "grants": [{ "facility": "frontdoor" }] });
    assert_eq!(sync.send("POST", "/members/0003/credentials", Some(&fob), &[]).0, 201);
    let induction = json!({ "by": "0001" });
    let path = "/members/0003/inductions/laser";
    assert_eq!(sync.send("PUT", path, Some(&induction), &[]).0, 200);
    let why = json!({ "reason": "left the laser on" });
    assert_eq!(sync.send("PUT", "/members/0003/suspension", Some(&why), &[]).0, 200);
    assert_eq!(sync.get("/members/0003").1["standing"], "suspended");
    // Eve is a guest, so that she owes nothing; Ada owes dues, and has paid until a day.
    let eve = sync.get("/members/0003").1;
    assert_eq!((&eve["covered_until"], &eve["always_covered"]), (&Value::Null, &json!(true)));
    let ada = sync.get("/members/0001").1;
    assert!(ada["covered_until"].as_str().is_none_or(|day| day.len() == 10), "{ada}");
    assert_eq!(ada["always_covered"], json!(ada["tier"] == "guest"), "{ada}");
    let short = json!({ "reason": "left the laser on", "until": "2030-01-01" });
    assert_eq!(sync.send("PUT", "/members/0003/suspension", Some(&short), &[]).0, 200);
    let shown = sync.get("/members/0003").1;
    assert_eq!(
        (&shown["standing"], &shown["suspended_until"]),
        (&json!("suspended"), &json!("2030-01-01"))
    );
    let over = json!({ "reason": "again", "since": "2000-01-01", "until": "2000-01-01" });
    assert_eq!(sync.send("PUT", "/members/0003/suspension", Some(&over), &[]).0, 422);
    assert_eq!(sync.send("DELETE", "/members/0003/suspension", None, &[]).0, 200);
    let open = json!({ "facility": "frontdoor", "priority": -1, "timespec": "always" });
    for is_new in [true, false] {
        let (status, _, done) = sync.send("PUT", "/requirements/open", Some(&open), &[]);
        assert_eq!((status, done["commit"].is_string()), (200, is_new), "{done}");
    }
    for path in ["/requirements/open", path, "/credentials/t31"] {
        assert_eq!(sync.send("DELETE", path, None, &[]).0, 200, "{path}");
        assert_eq!(sync.send("DELETE", path, None, &[]).0, 404, "{path}");
    }
    let log: Value = serde_json::from_str(&world.good(&["--json", "log", "--count", "9"])).unwrap();
    assert!(log.as_array().unwrap().iter().all(|it| it["author"] == "sync"), "{log}");
}

#[test]
fn a_member_leaves_and_returns() {
    let world = World::new();
    let tokens = configure(&world, &[("sync", ALL)]);
    let web = world.web();
    let sync = Program::new(&web, &tokens[0]);
    let path = "/members/0001/leaving";
    let day = json!({});
    assert_eq!(sync.send("PUT", path, Some(&day), &[]).0, 200);
    let ada = sync.get("/members/0001").1;
    assert_eq!((&ada["standing"], &ada["left"]), (&json!("left"), &ada["joined"]));
    let before = json!({ "on": "2020-01-01" });
    assert_eq!(sync.send("PUT", "/members/0002/leaving", Some(&before), &[]).0, 422);
    assert_eq!(sync.send("PUT", path, Some(&day), &[]).0, 422, "nobody leaves twice");
    assert_eq!(sync.send("DELETE", path, None, &[]).0, 200);
    assert_eq!(sync.get("/members/0001").1["standing"], "good");
    let revoking = json!({ "revoke_credentials": true });
    assert_eq!(sync.send("PUT", path, Some(&revoking), &[]).0, 200);
    assert_eq!(sync.get("/members/0001/credentials").1["credentials"], json!([]));
    assert_eq!(sync.send("PUT", "/members/0009/leaving", Some(&day), &[]).0, 404);
}

#[test]
fn a_lost_fob_is_replaced_in_everything_that_it_opens() {
    let world = World::new();
    let tokens = configure(&world, &[("sync", ALL)]);
    let web = world.web();
    let sync = Program::new(&web, &tokens[0]);
    let held = sync.get("/members/0001/credentials").1;
    let tag = held["credentials"][0]["tag"].as_str().unwrap();
    let path = format!("/credentials/{tag}/code");
    let new = json!({ "type": "fob", "code": "4711" });
    assert_eq!(sync.send("PUT", &path, Some(&new), &[]).0, 200);
    let ask = |code: &str| {
        let question = json!({ "facility": "laser", "type": "fob", "code": code });
        sync.send("POST", "/decisions", Some(&question), &[]).2["result"].clone()
    };
    web.running.wait("in-force");
    assert_eq!((ask("4711"), ask(ADA)), (json!("granted"), json!("denied")));
    assert_eq!(sync.get("/members/0001/credentials").1, held, "tags and grants stay");
    let (status, _, again) = sync.send("PUT", &path, Some(&new), &[]);
    assert_eq!((status, &again["commit"]), (200, &Value::Null));
    let held = json!({ "type": "fob", "code": BOB });
    let (status, _, answer) = sync.send("PUT", &path, Some(&held), &[]);
    assert!(status == 422 && titled(&answer).contains("0002"), "{answer}");
    let (_, _, answer) =
        sync.send("PUT", &path, Some(&json!({ "type": "passcode", "code": "1x2" })), &[]);
    assert!(!answer.to_string().contains("1x2"), "{answer}");
    assert_eq!(sync.send("PUT", "/credentials/x/code", Some(&new), &[]).0, 404);
}

#[test]
fn a_payment_is_recorded_once_however_often_it_is_sent() {
    let world = World::new();
    let tokens = configure(&world, &[("till", &["payments"]), ("sync", &["changes"])]);
    let web = world.web();
    let till = Program::new(&web, &tokens[0]);
    let path = "/members/0002/payments";
    let paid = json!({ "amount": 1250, "months": 2, "date": "2026-01-10", "id": "till-7",
                       "text": "from Bob's mother" });
    let (status, _, done) = till.send("POST", path, Some(&paid), &[]);
    assert_eq!((status, &done["change"]), (201, &json!("payment.add 0002")), "{done}");
    assert_eq!(till.send("POST", path, Some(&paid), &[]).0, 422);
    let (_, all) = till.get(path);
    assert_eq!(all["payments"].as_array().unwrap().len(), 1, "{all}");
    let one = &all["payments"][0];
    assert_eq!((&one["id"], &one["amount"]), (&json!("2026-01-10-till-7"), &json!(1250)));
    assert!(!all.to_string().contains("mother"), "{all}");
    assert_eq!(till.send("POST", path, Some(&json!({ "amount": -1 })), &[]).0, 422);
    assert_eq!(till.get("/members/0009/payments").0, 404);
    // It was done by another program.
    let undo = format!("/commits/{}/undo", done["commit"].as_str().unwrap());
    assert_eq!(Program::new(&web, &tokens[1]).send("POST", &undo, None, &[]).0, 403);
}

#[test]
fn a_program_undoes_what_it_has_done() {
    let world = World::new();
    let tokens = configure(&world, &[("sync", ALL)]);
    let web = world.web();
    let sync = Program::new(&web, &tokens[0]);
    let why = json!({ "reason": "left the laser on" });
    let (_, _, done) = sync.send("PUT", "/members/0001/suspension", Some(&why), &[]);
    let undo = |commit: &str| sync.send("POST", &format!("/commits/{commit}/undo"), None, &[]);
    let (status, _, undone) = undo(done["commit"].as_str().unwrap());
    assert_eq!(status, 200, "{undone}");
    assert_eq!(sync.get("/members/0001").1["standing"], "good");
    assert_eq!(undo(done["commit"].as_str().unwrap()).0, 422, "it is undone already");
    for missing in ["x", "HEAD", &"0".repeat(40)] {
        assert_eq!(undo(missing).0, 404, "{missing}");
    }
}

#[test]
fn what_the_rules_refuse_is_a_problem_with_findings() {
    let world = World::new();
    let tokens = configure(&world, &[("sync", ALL)]);
    let web = world.web();
    let sync = Program::new(&web, &tokens[0]);
    for (method, path, value, part) in [
        ("POST", "/members", json!({ "name": "Eve", "tier": "gold" }), "gold"),
        (
            "POST",
            "/members/0002/credentials",
            json!({ "type": "fob", "code": ADA, "grants": [{ "facility": "laser" }] }),
            "belongs to 0001",
        ),
        (
            "POST",
            "/members/0002/credentials",
            json!({ "type": "fob", "code": "1", "grants": [] }),
            "at least one grant",
        ),
        (
            "PUT",
            "/requirements/x",
            json!({ "facility": "laser", "priority": 1, "timespec": "whenever" }),
            "",
        ),
        ("PUT", "/members/0002/inductions/laser", json!({ "by": "0002" }), "themselves"),
    ] {
        let (status, headers, answer) = sync.send(method, path, Some(&value), &[]);
        assert_eq!(status, 422, "{path}: {answer}");
        assert_eq!(headers["content-type"], "application/problem+json");
        let words = answer.to_string();
        assert!(words.contains(part), "{path}: {answer}");
    }
    let bad = json!({ "facility": "laser", "priority": 1, "timespec": "whenever" });
    let (_, _, answer) = sync.send("PUT", "/requirements/x", Some(&bad), &[]);
    assert!(answer["findings"][0]["code"].is_string(), "{answer}");
}

#[test]
fn a_change_of_what_somebody_has_changed_since_is_refused() {
    let world = World::new();
    let tokens = configure(&world, &[("sync", ALL)]);
    let web = world.web();
    let sync = Program::new(&web, &tokens[0]);
    let put = |tag: &str, priority: i32, base: &str| {
        let value = json!({ "facility": "laser", "priority": priority, "timespec": "always" });
        sync.send("PUT", &format!("/requirements/{tag}"), Some(&value), &[("if-match", base)])
    };
    let (_, headers, _) = put("mine", 1, "*");
    let seen = headers["etag"].to_str().unwrap().to_owned();
    // Somebody changes something else: nothing is in the way.
    world.good(&["requirement", "set", "mine", "--description", "x"]);
    world.good(&["requirement", "add", "laser", "always", "--tag", "other"]);
    let (status, _, answer) = put("third", 2, &seen);
    assert_eq!(status, 200, "{answer}");
    let (status, headers, answer) = put("mine", 2, &seen);
    assert_eq!(
        (status, headers["content-type"].to_str().unwrap()),
        (412, "application/problem+json")
    );
    assert!(titled(&answer).contains("somebody has changed"), "{answer}");
    assert_eq!(put("mine", 2, &format!("\"{}\"", "0".repeat(40))).0, 412, "no such commit");
    for malformed in ["nonsense", "\"\"", "W/\"x\""] {
        assert_eq!(put("mine", 2, malformed).0, 400, "{malformed}");
    }
    assert_eq!(sync.get("/requirements/mine").1["priority"], 1);
}

#[test]
fn bad_requests_are_problems() {
    let world = World::new();
    let tokens = configure(&world, &[("sync", ALL)]);
    let web = world.web();
    let sync = Program::new(&web, &tokens[0]);
    let large = json!({ "facility": "laser", "priority": 1, "timespec": "x".repeat(262_144) });
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    let deep: Value = Value::String(deep);
    for (method, path, value, expected) in [
        ("GET", "/nothing", None, 404),
        ("PATCH", "/members", None, 405),
        ("POST", "/decisions", None, 415),
        ("PUT", "/requirements/x", Some(&large), 413),
        ("POST", "/decisions", Some(&deep), 422),
        ("GET", "/members/%ff", None, 400),
    ] {
        let (status, headers, answer) = sync.send(method, path, value, &[]);
        assert_eq!(status, expected, "{method} {path}: {answer}");
        assert_eq!(headers["content-type"], "application/problem+json", "{method} {path}");
        assert!(answer["title"].is_string(), "{answer}");
    }
}

#[test]
fn the_description_names_what_there_is() {
    let world = World::new();
    configure(&world, &[]);
    let web = world.web();
    let (status, all) = Program::new(&web, "").get("/openapi.json");
    assert_eq!((status, &all["openapi"]), (200, &json!("3.1.0")));
    let paths = all["paths"].as_object().unwrap();
    let operations: usize = paths.values().map(|it| it.as_object().unwrap().len()).sum();
    assert_eq!(operations, 25, "{:?}", paths.keys().collect::<Vec<_>>());
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operation["responses"]["default"].is_object(), "{method} {path}");
            assert_eq!(operation["security"], json!([{ "token": [] }]), "{method} {path}");
        }
    }
}

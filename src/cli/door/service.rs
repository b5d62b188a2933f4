//! `space door service`: writes what the system needs to run the door, the bridge, the web, the building, the chat and the guard.

use std::{
    fs,
    path::{Path, PathBuf},
};

use schemars::JsonSchema;
use serde::Serialize;

use crate::cli::{CliError, Context, output::table};

/// Shown below the options.
const STEPS: &str = "\
Then, as root. The Debian package does this part:
  cp space.sysusers /usr/lib/sysusers.d/space.conf && systemd-sysusers
  for group in dialout gpio input; do  # serial boards, pins, keyboard readers
    getent group $group && usermod --append --groups $group space-door
  done
  getent group gpio && usermod --append --groups gpio space-guard
  install -d -o space-door -g space-door -m 751 /var/lib/space
  install -d -o space-door -g space-admins -m 3770 /var/lib/space/journal
  install -d -o space-fetch -g space-fetch -m 750 /var/lib/space-fetch
  cp 99-space.rules /etc/udev/rules.d/ && udevadm control --reload
  cp *.service *.timer /etc/systemd/system/ && systemctl daemon-reload

Then `sudo space door setup` makes a door's machine of it. By hand:
  mkdir -p /etc/space && cp door.toml /etc/space/ && $EDITOR /etc/space/door.toml
  sudo -u space-fetch ssh-keygen -t ed25519  # show the server its .pub, for reading only
  sudo -u space-fetch git clone --bare git@server:space.git /var/lib/space-fetch/mirror.git
  sudo -u space-door space door clone --mirror /var/lib/space-fetch/mirror.git /var/lib/space/space.git
  ssh server space -C /srv/space key export |
    sudo -u space-door space -C /var/lib/space/space.git key import
  systemctl enable --now space-fetch.timer space-door
  space doctor --config /etc/space/door.toml

If a membership system sends messages or wants to hear of activities:
  cp bridge.toml /etc/space/ && $EDITOR /etc/space/bridge.toml
  systemctl enable --now space-bridge
  space bridge status --config /etc/space/bridge.toml

For pages, and for controllers that ask by HTTP, on the machine with the space's own repository:
  install -d -o space-web -g space-web -m 750 /var/lib/space-web
  sudo -u space-web git clone … /var/lib/space-web/space.git   # or: space init --bare
  space web password  # a hash for each login
  cp web.toml /etc/space/ && $EDITOR /etc/space/web.toml
  chown root:space-web /etc/space/web.toml && chmod 640 /etc/space/web.toml
  systemctl enable --now space-web

To measure the building, tell about alarms, and speak with a broker and Home Assistant:
  install -d -o space-building -g space-building -m 750 /var/lib/space-building
  sudo -u space-building git clone … /var/lib/space-building/space.git
  cp building.toml /etc/space/ && $EDITOR /etc/space/building.toml
  systemctl enable --now space-building
  space building status

To post in a chat what happens, and answer commands there:
  cp services.toml /etc/space/ && $EDITOR /etc/space/services.toml
  systemctl enable --now space-chat
  space chat status

To guard the furnace, at best on a machine of its own, which needs nothing of the above:
  cp guard.toml /etc/space/ && $EDITOR /etc/space/guard.toml
  chown -R root:root /etc/space && chmod go-w /etc/space /etc/space/guard.toml
  systemctl enable --now space-guard
  space guard status";

/// The files to write.
const FILES: &[(&str, &str)] = &[
    ("99-space.rules", include_str!("../../../data-template/systemd/99-space.rules")),
    ("bridge.toml", include_str!("../../../data-template/systemd/bridge.toml")),
    ("building.toml", include_str!("../../../data-template/systemd/building.toml")),
    ("door.toml", include_str!("../../../data-template/systemd/door.toml")),
    ("guard.toml", include_str!("../../../data-template/systemd/guard.toml")),
    ("services.toml", include_str!("../../../data-template/systemd/services.toml")),
    ("space-bridge.service", include_str!("../../../data-template/systemd/space-bridge.service")),
    (
        "space-building.service",
        include_str!("../../../data-template/systemd/space-building.service"),
    ),
    ("space-chat.service", include_str!("../../../data-template/systemd/space-chat.service")),
    ("space-door.service", include_str!("../../../data-template/systemd/space-door.service")),
    ("space-failed@.service", include_str!("../../../data-template/systemd/space-failed@.service")),
    ("space-fetch.service", include_str!("../../../data-template/systemd/space-fetch.service")),
    ("space-fetch.timer", include_str!("../../../data-template/systemd/space-fetch.timer")),
    ("space-follow.service", include_str!("../../../data-template/systemd/space-follow.service")),
    ("space-guard.service", include_str!("../../../data-template/systemd/space-guard.service")),
    (
        "space-maintain.service",
        include_str!("../../../data-template/systemd/space-maintain.service"),
    ),
    (
        "space-services.service",
        include_str!("../../../data-template/systemd/space-services.service"),
    ),
    ("space-services.timer", include_str!("../../../data-template/systemd/space-services.timer")),
    ("space-web.service", include_str!("../../../data-template/systemd/space-web.service")),
    ("space.sysusers", include_str!("../../../data-template/systemd/space.sysusers")),
    ("web.toml", include_str!("../../../data-template/systemd/web.toml")),
];

/// What was written.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Written {
    /// The files.
    files: Vec<PathBuf>,
}

/// The arguments of `space door service`.
#[derive(clap::Args, Debug)]
#[command(after_help = STEPS)]
pub(crate) struct Args {
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

/// Writes the systemd units and an example configuration.
///
/// # Errors
/// Fails if a file already exists, or if the disk fails.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    fs::create_dir_all(&args.to).map_err(failed(&args.to))?;
    let mut files = Vec::new();
    for (name, text) in FILES {
        let path = args.to.join(name);
        if path.exists() {
            return Err(CliError::user(format!("{} already exists", path.display()))
                .hint("name an empty folder, then compare the files"));
        }
        fs::write(&path, text).map_err(failed(&path))?;
        ctx.say(path.display())?;
        files.push(path);
    }
    if ctx.json {
        return Ok(table::write_json(&mut ctx.out(), &Written { files })?);
    }
    ctx.say(format!("\n{STEPS}"))
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> CliError + use<> {
    let path = path.display().to_string();
    move |error| CliError::internal(format!("cannot write {path}: {error}"))
}

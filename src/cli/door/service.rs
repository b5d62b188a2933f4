//! `space door service`: what the system needs to run the door for years.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::cli::{CliError, Context};

/// Shown below the options.
const STEPS: &str = "\
Then, as root:
  cp space.sysusers /usr/lib/sysusers.d/space.conf && systemd-sysusers
  cp 99-space.rules /etc/udev/rules.d/ && udevadm control --reload
  mkdir -p /etc/space && cp door.toml /etc/space/ && $EDITOR /etc/space/door.toml
  cp space-door.service space-fetch.* space-maintain.service /etc/systemd/system/ && systemctl daemon-reload
  install -d -o space-door -g space-door -m 750 /var/lib/space
  sudo -u space-door git clone --bare -c transfer.fsckObjects=true \\
    git@server:space.git /var/lib/space/space.git
  ssh server space -C /srv/space key export |
    sudo -u space-door space -C /var/lib/space/space.git key import
  systemctl enable --now space-fetch.timer space-door
  space doctor --config /etc/space/door.toml";

/// Everything that is written.
const FILES: &[(&str, &str)] = &[
    ("99-space.rules", include_str!("../../../data-template/systemd/99-space.rules")),
    ("door.toml", include_str!("../../../data-template/systemd/door.toml")),
    ("space-door.service", include_str!("../../../data-template/systemd/space-door.service")),
    ("space-fetch.service", include_str!("../../../data-template/systemd/space-fetch.service")),
    ("space-fetch.timer", include_str!("../../../data-template/systemd/space-fetch.timer")),
    (
        "space-maintain.service",
        include_str!("../../../data-template/systemd/space-maintain.service"),
    ),
    ("space.sysusers", include_str!("../../../data-template/systemd/space.sysusers")),
];

/// The arguments of `space door service`.
#[derive(clap::Args, Debug)]
#[command(after_help = STEPS)]
pub(crate) struct Args {
    /// Into this folder
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

/// Writes the units of systemd and an example of the configuration.
///
/// # Errors
/// That a file is there already, or what the disk answers.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    fs::create_dir_all(&args.to).map_err(failed(&args.to))?;
    for (name, text) in FILES {
        let path = args.to.join(name);
        if path.exists() {
            return Err(CliError::user(format!("{} is there already", path.display()))
                .hint("name an empty folder, and compare"));
        }
        fs::write(&path, text).map_err(failed(&path))?;
        ctx.say(path.display())?;
    }
    ctx.say(format!("\n{STEPS}"))
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> CliError + use<> {
    let path = path.display().to_string();
    move |error| CliError::internal(format!("cannot write {path}: {error}"))
}

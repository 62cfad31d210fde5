//! `trucewatch completions` and `trucewatch man`: files made from the arguments' own description.

use std::fs;
use std::io::Write;
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::args::Args;
use crate::failure::{Exit, Failure};

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut made = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "trucewatch", &mut made);
    out.write_all(&made)?;
    Ok(Exit::Done)
}

/// Writes a manual page for the program and one for each command.
pub(super) fn man(folder: &Path) -> Result<Exit, Failure> {
    let wrong = |e: std::io::Error| {
        Failure::new(format!("{}: cannot be written: {e}", folder.display()), "name a folder that you may write to")
    };
    fs::create_dir_all(folder).map_err(wrong)?;
    let mut program = Args::command();
    program.build();
    pages(&program, "trucewatch", folder).map_err(wrong)?;
    Ok(Exit::Done)
}

fn pages(command: &Command, name: &str, folder: &Path) -> std::io::Result<()> {
    let mut page = Vec::new();
    Man::new(command.clone().name(name.to_owned())).render(&mut page)?;
    fs::write(folder.join(format!("{name}.1")), page)?;
    command
        .get_subcommands()
        .filter(|c| c.get_name() != "help")
        .try_for_each(|c| pages(c, &format!("{name}-{}", c.get_name()), folder))
}

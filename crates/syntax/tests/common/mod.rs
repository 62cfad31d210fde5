//! Where the tests find the model.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use syntax::Model;

/// The model that `TRUCEWATCH_MODEL` or the workspace's `models` folder has; None, with a printed line, where there is
/// none.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub fn model(test: &str) -> Option<&'static Model> {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    let model = MODEL.get_or_init(|| Some(Model::load(&folder()?).expect("the model loads"))).as_ref();
    if model.is_none() {
        eprintln!("skipped {test}: no model in models/ and no TRUCEWATCH_MODEL; `make model` fetches one");
    }
    model
}

/// The folder of the model.
pub fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("TRUCEWATCH_MODEL").map(PathBuf::from);
    let kept = || {
        let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
        let mut found: Vec<PathBuf> =
            std::fs::read_dir(models).ok()?.map(|e| Some(e.ok()?.path())).collect::<Option<_>>()?;
        found.sort();
        found.into_iter().find(|f| f.join("meta.json").exists())
    };
    named.filter(|f| f.join("meta.json").exists()).or_else(kept)
}

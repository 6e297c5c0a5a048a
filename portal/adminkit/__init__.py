"""The one base of every admin page: `portal.adminkit.base.BaseAdmin`, `portal.adminkit.transitions.TransitionAdmin`.

Import from the modules: this file stays empty because Django reads it before the models are ready.
"""

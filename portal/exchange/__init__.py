"""Sheets in and out: the same columns both ways, told in Chinese or English, all or nothing.

`resource.BaseResource` says which columns a model has, `registry.register` makes it known,
`sheet_admin.SheetAdmin` gives the admin its pages. Import from the modules: this file stays empty because
Django reads it before the models are ready.
"""

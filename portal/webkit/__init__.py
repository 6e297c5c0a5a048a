"""What every page of our own stands on: base templates' context, form parts, components, error pages."""

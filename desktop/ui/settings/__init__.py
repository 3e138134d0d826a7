"""设置: whose book it is and who fills it, the week's last day, the look, fonts, backups, checking.

Without Qt are ``week_change`` (another last day as a new version of the scheme), ``copies`` (the
backups that there are), ``faces`` (which official fonts this PC has) and ``findings`` (what a
verification means for a clerk).
"""

from tests.ui.exchange.test_page import *  # noqa
def test_scratch(district, homes):
    district.put_in(homes / "stick")
    click(district.page.incoming.banner.take)
    district.settle()
    click_chip(district.page, "收到的包")
    pane = district.page.taken
    pane.table.choose(pane.model.table.keys[0])
    click(pane.undo)
    district.settle()
    district.page.incoming.look()
    district.settle()
    for r in district.page.incoming.model.table.rows: print([c.text for c in r])
    print(district.page.incoming.sitting.results)
    print(ask(district.desk, lambda b: b.connection.execute("select act,author,number from journal order by position desc limit 6").fetchall()))

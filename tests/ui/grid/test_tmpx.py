import time
from PySide6.QtGui import QGuiApplication
from tests.ui.grid.clerk import *
from tests.ui.conftest import ask
def test_x(district_desk):
    import cProfile,pstats
    def grow(book):
        unit=book.connection.execute('select unit from project where removed=0').fetchone()[0]
        cur=book.connection.execute('select * from project where removed=0 limit 1'); names=[d[0] for d in cur.description]; row=dict(zip(names,cur.fetchone()))
        by=book.scheme.register("project").by_name
        keep={k:v for k,v in row.items() if k in by and v is not None and by[k].formula is None and k not in ("code","name")}
        with book.batch("change","x") as b:
            for i in range(500):
                b.create("project",{**keep,"name":f"项目{i}"})
    ask(district_desk, grow)
    c=Clerk(district_desk,NEXT)
    n=c.model.rowCount(); print("rows",n)
    for k in range(4):
        c.go(0,"subject.annual_plan" if k%2 else "completed_week")
        QGuiApplication.clipboard().setText("\r\n".join("\t".join([str(r+k)]*10) for r in range(500)))
        p=cProfile.Profile()
        if k==3: p.enable()
        t=time.perf_counter(); c.key(Key.Key_V,CTRL); print("paste ms",(time.perf_counter()-t)*1000)
        if k==3:
            p.disable(); pstats.Stats(p).sort_stats("cumtime").print_stats(28)
        settle(c.desk)
    assert 0

"""Search over many articles: every combination of part, fault, place and cause that a service base could hold."""

from random import Random

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from partners.choices.knowledge import ArticleState, VersionState
from partners.models import Article, ArticleVersion, ArticleWords
from partners.models.knowledge import ArticleQuerySet
from partners.queries.knowledge import Wanted, rows_of, search
from partners.queries.knowledge_like import like
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.textsearch.pairs import stored
from portal.textsearch.snippets import snippet
from tests.bench.measure import measure, say

ARTICLES, BLOCK = 50_000, 2_000
GOAL_MS = 150


def _words(*lines: str) -> list[str]:
    return " ".join(lines).split()


PARTS = _words(
    "充电枪 枪线 电子锁 接触器 熔断器 功率模块 触摸屏 读卡器 通信模块 绝缘检测仪 散热风扇 防尘滤网 急停开关 电能表",
    "主控板 显示屏 电池包 冷却水泵 液冷机组 驱动电机 减速器 制动卡钳 转向助力泵 空调压缩机 车窗升降器 车门锁 雷达",
)
FAULTS = _words(
    "无法启动 中途停止 温度过高 频繁报警 通信中断 读数偏大 异响 进水受潮 端子氧化 绝缘下降",
    "过流保护 黑屏 卡死 漏液 松动脱落 误动作 电压异常 无响应 升级失败 校准失败",
)
PLACES = _words("地下车库 公交场站 高速服务区 商场一层 工业园区 机场停车楼 物流基地 居民小区 换电站 码头堆场")
CAUSES = _words(
    "雨后受潮 长期满载 安装力矩不足 软件版本过低 供电电压波动 粉尘堵塞",
    "线束磨损 触点烧蚀 参数设置错误 散热不良 鼠咬 批次缺陷",
)
STEPS = _words(
    "断电并挂牌 测量端子电压 读取故障日志 清洁散热风道 更换损坏部件",
    "紧固接线端子 升级固件版本 重新校准传感器 做满载试验 记录处理结果",
)
NAMED: list[tuple[str, Wanted]] = [
    ("two characters, in a third of the titles", Wanted("充电")),
    ("two characters, in the middle of a word", Wanted("枪线")),
    ("three characters", Wanted("电子锁")),
    ("two words", Wanted("接触器 绝缘下降")),
    ("only in the texts", Wanted("挂牌并测")),
    ("words of title and text", Wanted("散热风扇 紧固接线")),
    ("a long question", Wanted("请问充电枪插上以后怎么突然就无法启动了")),
    ("narrowed to a product line", Wanted("充电枪", line=1)),
    ("found nowhere", Wanted("量子纠缠")),
    ("nothing typed", Wanted("")),
]


def fill(lines: list[int], partner_manager: Actor) -> ArticleQuerySet:
    """Write the articles as the actions leave them, in blocks; answers those that a partner's manager reads."""
    random, made = Random(20261126), 0  # noqa: S311  the same articles every time
    with transaction.atomic():
        while made < ARTICLES:
            _block(random, made, lines)
            made += BLOCK
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Article.objects.readable_by(partner_manager)


def _block(random: Random, first: int, lines: list[int]) -> None:
    now = clock.now()
    articles, texts = [], []
    for number in range(first, first + BLOCK):
        title, symptoms, body = _text(random)
        articles.append(
            Article(
                number=f"B{number:06d}",
                title=title,
                symptoms=symptoms,
                solved=int(random.paretovariate(1.2)) - 1,
                published_at=now,
            )
        )
        texts.append((title, symptoms, body))
    Article.objects.bulk_create(articles)
    versions = [
        ArticleVersion(
            article=article, number=1, state=VersionState.PUBLISHED, title=t, symptoms=s, body=b, created_at=now
        )
        for article, (t, s, b) in zip(articles, texts, strict=True)
    ]
    ArticleVersion.objects.bulk_create(versions)
    newest = ArticleVersion.objects.filter(article=OuterRef("pk")).values("pk")
    Article.objects.filter(current=None).update(current=Subquery(newest), state=ArticleState.PUBLISHED)
    ArticleWords.objects.bulk_create(
        ArticleWords(
            article=row.article, head=stored(row.title, row.symptoms, row.article.number), body=stored(row.body)
        )
        for row in versions
    )
    through = Article.product_lines.through
    through.objects.bulk_create(
        through(article_id=article.pk, productline_id=random.choice(lines)) for article in articles
    )


def _text(random: Random) -> tuple[str, str, str]:
    """Title, symptoms and some four hundred characters of text."""
    part, fault, cause, place = (random.choice(words) for words in (PARTS, FAULTS, CAUSES, PLACES))
    subject = f"充电桩{part}" if random.random() < 0.35 else part
    title = f"{subject}{fault}的处理" if random.random() < 0.5 else f"{place}{subject}{fault}"
    steps = [
        f"第{n}步，{step}，确认{random.choice(PARTS)}没有{random.choice(FAULTS)}"
        for n, step in enumerate(random.sample(STEPS, 7), 1)
    ]
    body = (
        f"现象：{place}的{part}出现{fault}。原因：{cause}。{'。'.join(steps)}。"
        f"常见原因还有{'、'.join(random.sample(CAUSES, 4))}，处理完毕后观察两小时。"
        f"编号 {random.randint(10000, 99999)}。"
    )
    return title, f"{random.choice(FAULTS)}，{cause}时更多见", body


def times(lines: list[int], reader: Actor, runs: int) -> None:
    """What a reader waits for: the search, the first page of rows, their snippets."""
    articles = fill(lines, reader)
    say(f"{ARTICLES} articles; milliseconds: min, median, max, and the processor's share; goal: median ≤ {GOAL_MS} ms")
    for name, wanted in NAMED:
        chosen = Wanted(wanted.text, line=lines[0] if wanted.line else None)
        _say(name, lambda chosen=chosen: page(articles, chosen), runs)
    question = ("插枪后无法启动充电", "插枪后屏幕提示车辆连接异常，扫码和刷卡都启动不了，换另一辆车也一样。")
    _say("suggestions for a ticket", lambda: like(articles, *question, line=lines[0]), runs)
    _say("the same, nothing remembered", lambda: (cache.clear(), like(articles, *question, line=lines[0])), runs)


def page(articles: ArticleQuerySet, wanted: Wanted) -> list[str]:
    """The first twenty hits as the page shows them."""
    found = search(articles, wanted)
    rows = rows_of(Article.objects.all(), found.keys[:20])
    return [snippet(row.current.body, found.terms) for row in rows]


def _say(name: str, run: object, runs: int) -> None:
    sample = measure(name, run, runs)  # type: ignore[arg-type]
    work = sorted(sample.work)[len(sample.work) // 2]
    mark = "" if sample.middle <= GOAL_MS else "   above the goal"
    say(f"{name:44} {sample.numbers()}   {work:7.1f} processor   {sample.queries} queries{mark}")

"""Advertising, recruiting and loans: sentences in which the signs of a sale come together. Pure."""

import re
from collections.abc import Iterator

from app.triage.scoring import sentences

_STRONG = re.compile(
    r"(?=[0-9\u4e00-\u9fff])(?:全网最低|代刷|代练|代上分|非诚勿扰|快速办理|[0-9一二三]天出证"
    r"|限时(?:[0-9.]+|[一二三五六七八九])折|[0-9.]折(?:起|优惠|抢|秒)|点(?:我)?(?:头像|主页)"
    r"|看(?:我)?主页|主页(?:联系|有|见)|领券|领(?:红包|优惠|福利)|送真题"
    r"|不过(?:退款|退钱|退费)|包(?:上岸|拿证|录取|就业|入职|下款|教会)|仅剩"
    r"|最后[0-9一二三五十]+(?:个|席|名)|名额(?:仅|只|有限)|当天放款|凭工牌|免(?:征信|抵押)|下款"
    r"|(?:买|充)[^，。！\n]{0,6}送|扣[1一](?=拉|进|领|，|,|$)|手机就能(?:做|赚)|(?:办|出售|出"
    r"|卖)(?:各类)?(?:证|假条|发票|文凭|流水|账号|驾照)(?![明件书据]*(?:过|丢))"
    r"|诚信经营|量大价优|月入(?:过"
    r"|上)?[0-9一两二三五十]*万|日赚|日入|躺赚|稳赚|包过|包赚|无抵押|秒批|秒下款"
    r"|当天(?:出|下卡|放款|到账)|黑户|刷单|刷流水|刷好评"
    r"|证明、银行流水|真章|带盘|连板|进群(?=，|,|$|。)|荐股|牛股|老师带|涨停|代办|代开|代写"
    r"|代考|代缴|代理加盟|招代理|招募代理|招加盟|名额有限|先到先得|扫码(?:领|加"
    r"|进|关注|咨询|报名)|免费领|限时(?:优惠|特价|免费)"
    r"|内部(?:副业)?(?:课程|渠道|名额)|三天回本|回本|副业(?:课|项目|赚)|加(?:客服|薇|威)"
    r"|点击(?:下方)?链接|现价|特价|专业(?:代|办|团队)"
    r"|高薪诚聘|诚招|急招|日结|无需经验|在家(?:就能|可做)|优惠券|返利|返现|量大从优|货到付款"
    r"|保本|高收益|跟单|带单"
    r")|\b(?=[a-z0-9]{2}|a )(?:guaranteed (?:returns?|approval|profit|income|results)"
    r"|[0-9]{2,3}% (?:off"
    r"|guaranteed)|work from home|from home"
    r"|no experience (?:needed|required)|link in (?:my )?(?:bio|profile)|click (?:the link|here"
    r"|below)|dm (?:me|to|for)|best prices?"
    r"|free quote|we sell|selling verified|pay after|limited slots|proxy interviews?"
    r"|we take (?:the|your) (?:call|test|exam|interview)"
    r"|[0-9]{2,3}% (?:pass|approval|success|real|legit|refund|money back|acceptance)(?: rate)?"
    r"|dm now|pm me|inbox me|text us|order today"
    r"|signal group|first (?:week|month|lesson|session) free|free trial|shared acc(?:oun)?ts"
    r"|buy one|refer(?:ral)? code|my (?:link|course|ebook"
    r"|channel)|join (?:now|today|[0-9,]+)|fake (?:payslips?|docs|documents|certificates?)"
    r"|no questions asked|same[- ]day (?:cash|loan|payout)|limited (?:time|spots|offer)"
    r"|act now|sign up (?:now|today)|promo code"
    r"|discount code|with code|use code|order now"
    r"|buy now|crypto|forex|signals group|instant (?:delivery|approval|payout)"
    r"|plagiarism[ -]free|followers|five-star reviews|hiring now"
    r"|be your own boss|passive income|earn \$?[0-9,]+|make \$?[0-9,]+|bad credit"
    r"|no credit check|money[ -]back|visit our|check out (?:my|our)"
    r"|message me for|contact us|call (?:now|today)|we buy (?:gold|houses|cars|any|old|your)"
    r"|for sale|dropship\w*|affiliate"
    r"|weight loss|casino|betting)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"(?=[0-9\u4e00-\u9fff])(?:包吃(?:包)?住|加群|低价|神器|真题|VIP|vip|折|抢|速来|私我|私信"
    r"|头像|主页|退款|秒|诚信|出证|快速|包吃|包住|联系我|加(?:微"
    r"|v)|私聊|咨询|优惠|原价"
    r"|价格|低价|先办后付款|付款"
    r"|手续费|贷款|大额|领(?:取|资料)|客服|报名|培训班|考编|上岸|办理|信用卡"
    r"|兼职|招(?:普工|聘|人|学徒)|加盟|详情|了解(?:一下)?|推荐码|邀请码|进群|拉群|代理|批发"
    r"|正品|课程|赚钱|资料"
    r")|\b(?=[a-z0-9]{2}|a )(?:cheap(?:est)?|prices?|guaranteed|free|join (?:my|our|the)|my team"
    r"|details|deal"
    r"|discount|offer|returns?|loans?|sell(?:ing)?"
    r"|buy|services?|professional writers?|writers|quote|today|visit|website|a week|a day"
    r"|profile|investment|instant|thesis|essay"
    r"|discreet|verified|premium|accounts?|accts?|fast|pass|slots?|dm|consultants?|docs|legit"
    r"|bulk|subscribe|course|webinar|coupon|shop)\b|\$[0-9]",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield where advertising stands."""
    yield from sentences(text, _STRONG, _WEAK)

"""The service log of the emergency, as people read it in either language."""

CHINESE = [
    "赵女士 通过官网反馈“车辆行驶中突然断电，停在高架应急车道”。",
    "Dora · 星河汽车 受理登记：紧急故障，紧急程度特急。初步处理意见：先电话指导安全停放，并安排上门。",
    "Dora · 星河汽车 派单至A服务网点，维修部。",
    "Ann · A 已接单，责任人：Ann。",
    "Ann · A 通过电话与客户沟通：已致电客户，指导其开启双闪并撤离至护栏外。",
    "Ann · A 诊断结论：高压回路不通。 可能原因：高压保险丝熔断。（现场服务）",
    "Ann · A 已告知客户处理方案：更换高压保险丝。 预计耗时：2 小时。",
    "Ann · A 更新进度：已出发，携带高压保险丝。 下一步计划：到场后拆检高压配电盒。",
    "Ann · A 已到达现场。",
    "Ann · A 更新进度：正在拆检高压配电盒。 下一步计划：更换保险丝。",
    "Ann · A 完成处理：已更换高压保险丝，车辆恢复行驶。",
    "赵女士 认为未解决：行驶十分钟后又断电了。",
    "Ann · A 诊断结论：高压线束绝缘破损。 可能原因：线束与支架摩擦。（现场服务）",
    "Ann · A 已告知客户处理方案：更换高压线束并加装护套。 预计耗时：3 小时。",
    "Ann · A 完成处理：已更换高压线束并加装护套。",
    "赵女士 确认了处理结果，签字人：赵女士。",
    "赵女士 评价了服务：总体 2 分（满分 5 分）。",
    "Dora · 星河汽车 完成低分回访。原因：首次诊断未检查线束。 "
    "改进措施：诊断流程增加绝缘检测。 结果：客户接受道歉与说明。",
    "Dora · 星河汽车 已归档，资料保存至 {kept}。",
]

ENGLISH = [
    "赵女士 reported “车辆行驶中突然断电，停在高架应急车道” by Portal form.",
    "Dora · 星河汽车 registered the request as Emergency fault, urgency Critical. "
    "Preliminary opinion: 先电话指导安全停放，并安排上门。",
    "Dora · 星河汽车 dispatched the ticket to A服务网点, Repair department.",
    "Ann · A accepted the ticket. Responsible person: Ann.",
    "Ann · A spoke with the customer by Telephone: 已致电客户，指导其开启双闪并撤离至护栏外。",
    "Ann · A diagnosed: 高压回路不通。 Probable cause: 高压保险丝熔断。 (On-site service)",
    "Ann · A told the customer the plan: 更换高压保险丝。 Estimated duration: 2 h.",
    "Ann · A reported progress: 已出发，携带高压保险丝。 Next step: 到场后拆检高压配电盒。",
    "Ann · A arrived on site.",
    "Ann · A reported progress: 正在拆检高压配电盒。 Next step: 更换保险丝。",
    "Ann · A completed the work: 已更换高压保险丝，车辆恢复行驶。",
    "赵女士 rejected the result: 行驶十分钟后又断电了。",
    "Ann · A diagnosed: 高压线束绝缘破损。 Probable cause: 线束与支架摩擦。 (On-site service)",
    "Ann · A told the customer the plan: 更换高压线束并加装护套。 Estimated duration: 3 h.",
    "Ann · A completed the work: 已更换高压线束并加装护套。",
    "赵女士 confirmed the result, signed by 赵女士.",
    "赵女士 rated the service: overall 2 of 5.",
    "Dora · 星河汽车 called back after the low score. Cause: 首次诊断未检查线束。 "
    "Measures: 诊断流程增加绝缘检测。 Result: 客户接受道歉与说明。",
    "Dora · 星河汽车 closed the ticket; its records are kept until {kept}.",
]

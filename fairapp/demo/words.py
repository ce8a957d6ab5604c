"""Invented words for the demo's profiles."""

SUMMARY = {
    "vi": (
        "Thành lập năm {established}, {employees} lao động. Chúng tôi chuyên {products}, từ mẫu thử đến sản xuất hàng"
        " loạt, kiểm soát chất lượng theo lô và truy xuất nguồn gốc. Nhà máy áp dụng 5S3D, có phòng đo CMM và đội ngũ"
        " kỹ thuật hỗ trợ thiết kế khuôn, đồ gá. (Nội dung giả lập)"
    ),
    "en": (
        "Founded in {established}, {employees} people. We make {products}, from samples to mass production, with"
        " quality control by lot and full traceability. The plant works by 5S3D, has a CMM measuring room and engineers"
        " who help to design moulds and jigs. (Invented text)"
    ),
    "ja": (
        "{established}年設立、従業員{employees}名。{products}を試作から量産まで手がけ、ロットごとの品質管理と"
        "トレーサビリティを行っています。工場は5S3定を実践し、三次元測定室を備えています。（架空の内容）"
    ),
    "ko": (
        "{established}년 설립, 직원 {employees}명. {products}을(를) 시제품부터 양산까지 생산하며 로트별 품질 관리와"
        " 이력 추적을 합니다. 공장은 3정5S를 실천하고 3차원 측정실을 갖추고 있습니다. (가상 내용)"
    ),
}

SEEKS = "Khách hàng FDI cần nhà cung ứng cấp 2, đối tác công nghệ xử lý bề mặt. (giả lập)"

CAPACITIES = (
    "50.000 chi tiết/tháng",
    "200.000 chi tiết/tháng",
    "1,2 triệu chi tiết/tháng",
    "30 bộ khuôn/tháng",
    "120 tấn/tháng",
)

ISSUERS = ("Tổ chức chứng nhận A (giả lập)", "Certification Body B (demo)", "Trung tâm chứng nhận C (giả lập)")

CUSTOMERS = (
    ("Điện tử Hướng Dương (giả lập)", "KR"),
    ("Hoshino Motor Việt Nam (giả lập)", "JP"),
    ("Nordlicht Pumpen (giả lập)", "DE"),
    ("Máy in Sakura (giả lập)", "JP"),
    ("Hanbit Display (giả lập)", "KR"),
    ("Ô tô Trường Sơn (giả lập)", "VN"),
    ("Evergreen Appliances (giả lập)", "US"),
)

CUTTING = (
    ("Máy phay CNC 3 trục", "DEMOMILL", "VM-850", "850 × 500 × 500 mm"),
    ("Máy phay CNC 5 trục", "DEMOMILL", "5X-400", "Ø400 mm"),
    ("Máy tiện CNC", "GIALAP", "TL-200", "Ø280 × 500 mm"),
    ("Máy tiện Swiss", "GIALAP", "SW-20", "Ø20 mm"),
    ("Máy mài phẳng", "DEMOGRIND", "SG-600", "600 × 300 mm"),
    ("Máy cắt dây EDM", "DEMOEDM", "W-400", "400 × 300 × 250 mm"),
    ("Máy đo CMM", "DEMOMETER", "C-776", "700 × 700 × 600 mm"),
)
PLASTIC = (
    ("Máy ép nhựa", "DEMOMOULD", "IM-80", "80 tấn"),
    ("Máy ép nhựa", "DEMOMOULD", "IM-250", "250 tấn"),
    ("Máy ép nhựa hai màu", "DEMOMOULD", "2K-350", "350 tấn"),
    ("Máy ép cao su", "GIALAP", "RB-200", "200 tấn"),
    ("Máy sấy hạt nhựa", "GIALAP", "DR-50", "50 kg/giờ"),
)
CASTING = (
    ("Máy đúc áp lực buồng nguội", "DEMOCAST", "DC-350", "350 tấn"),
    ("Máy đúc áp lực buồng nguội", "DEMOCAST", "DC-800", "800 tấn"),
    ("Lò trung tần", "GIALAP", "F-1000", "1 tấn"),
    ("Máy rèn dập", "GIALAP", "FP-630", "630 tấn"),
    ("Máy phun bi", "GIALAP", "SB-2", "2 m³"),
)
ELECTRONIC = (
    ("Dây chuyền SMT", "DEMOSMT", "S-40", "40.000 linh kiện/giờ"),
    ("Lò hàn sóng", "DEMOSMT", "WS-350", "350 mm"),
    ("Máy AOI", "DEMOMETER", "A-500", "510 × 460 mm"),
    ("Máy quấn dây", "GIALAP", "CW-8", "8 trục"),
    ("Máy cắt tuốt dây", "GIALAP", "WS-16", "0,1–16 mm²"),
)
OTHER_MACHINES = (
    ("Máy dập cơ khí", "DEMOPRESS", "P-110", "110 tấn"),
    ("Máy dập cơ khí", "DEMOPRESS", "P-250", "250 tấn"),
    ("Máy cắt laser", "DEMOLASER", "L-3015", "3.000 × 1.500 mm, 6 kW"),
    ("Máy chấn CNC", "DEMOPRESS", "B-160", "160 tấn, 3,2 m"),
    ("Robot hàn", "GIALAP", "R-6", "6 kg, 1,4 m"),
)
MACHINES = {
    "precision_mechanical": CUTTING,
    "mould_die_jig": CUTTING,
    "medical_aerospace_parts": CUTTING,
    "automation_equipment": CUTTING,
    "plastic_rubber": PLASTIC,
    "casting_forging": CASTING,
    "electronics_components": ELECTRONIC,
    "electrical_cable": ELECTRONIC,
}

PRODUCTS = (
    {"vi": "Bánh răng thép", "en": "Steel gear", "ja": "鋼製歯車", "ko": "강철 기어"},
    {"vi": "Trục bậc", "en": "Stepped shaft", "ja": "段付きシャフト", "ko": "단차 샤프트"},
    {"vi": "Tấm đế gia công", "en": "Machined base plate", "ja": "加工ベースプレート", "ko": "가공 베이스 플레이트"},
    {"vi": "Vòng đệm chính xác", "en": "Precision ring", "ja": "精密リング", "ko": "정밀 링"},
    {"vi": "Vỏ hộp", "en": "Housing", "ja": "ハウジング", "ko": "하우징"},
    {"vi": "Giá đỡ dập", "en": "Stamped bracket", "ja": "プレスブラケット", "ko": "프레스 브래킷"},
    {"vi": "Bạc dẫn hướng", "en": "Guide bush", "ja": "ガイドブッシュ", "ko": "가이드 부시"},
    {"vi": "Nắp che", "en": "Cover", "ja": "カバー", "ko": "커버"},
)
PRODUCT_TEXT = {
    "vi": "Dung sai đến ±0,01 mm, kiểm tra 100 % kích thước chính. (giả lập)",
    "en": "Tolerance down to ±0.01 mm, main dimensions inspected on every piece. (demo)",
    "ja": "公差±0.01 mmまで、主要寸法は全数検査。（架空）",
    "ko": "공차 ±0.01 mm까지, 주요 치수 전수 검사. (가상)",
}

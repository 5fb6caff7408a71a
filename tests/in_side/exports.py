"""Exports as the tools write them, oddities included, for people who do not exist."""

from __future__ import annotations

SHOPIFY_ORDERS = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Accepts Marketing,Currency,Subtotal,Total,Discount Code,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem sku,Billing Name,Billing Street,Billing Zip,Billing City,Billing Country,Billing Phone,Refunded Amount,Id,Source,Phone\n"
    "#1001,Jeanne.Martin@Example.org,paid,2024-03-04 18:06:00 +0100,fulfilled,yes,EUR,26.10,26.10,,2024-03-04 18:05:12 +0100,2,Paupiettes,12.50,VEAL,"
    "Jeanne Martin,3 rue Haute,'69001,Lyon,FR,'+33 6 12 34 56 78,0.00,'5501,web,\n"
    '#1001,Jeanne.Martin@Example.org,,,,,,,,,,1,"Bread, 500 g",1.10,BREAD,,,,,,,,,,\n'
    "#1002,karim@example.org,partially_refunded,2024-03-05 09:00:00 +0100,fulfilled,no,EUR,9.00,9.00,,2024-03-05 09:00:00 +0100,3,Tea,3.00,,"
    "Karim Haddad,,,,FR,,3.00,'5502,pos,\n"
    "#1003,lucie@example.org,refunded,2024-03-06 09:00:00 +0100,,yes,EUR,3.00,3.00,,2024-03-06 09:00:00 +0100,1,Tea,3.00,,,,,,FR,,3.00,'5503,web,\n"
    "#1004,,paid,2024-03-07 09:00:00 +0100,,no,EUR,3.00,3.00,,2024-03-07 09:00:00 +0100,1,Tea,3.00,,,,,,FR,,,'5504,pos,\n"
)
SHOPIFY_CUSTOMERS = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,"
    "Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,"
    "Total Spent,Total Orders,Note,Tax Exempt,Tags\n"
    "'7001,Jeanne,Martin,jeanne.martin@example.org,yes,,3 rue Haute,,Lyon,,FR,'69001,'+33612345678,'+33612345678,no,26.10,1,,no,\"vip, liver-free\"\n"
    "'7002,Lucie,Petit,lucie@example.org,no,,,,,,FR,,,,no,0.00,0,,no,\n"
)
SHOPIFY_PRODUCTS = (
    "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Status\n"
    'paupiettes,Paupiettes,<p>Of veal</p>,Us,"Food, Beverages & Tobacco > Food Items",Veal,,true,Size,Two,VEAL,12.50,https://example.org/1.jpg,active\n'
    "paupiettes,,,,,,,,,Four,VEAL-4,24.00,,\n"
    "paupiettes,,,,,,,,,,,,https://example.org/2.jpg,\n"
    "tea,Tea,,Us,,Drinks,,true,Title,Default Title,,3.00,,active\n"
)
WOO_ORDERS = (
    "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Email (Billing),Phone (Billing),City (Billing),"
    "Postcode (Billing),SKU,Item #,Item Name,Quantity (- Refund),Item Cost,Order Total Amount\n"
    "2001,Completed,2024-03-04 18:05,,Jeanne,Martin,jeanne.martin@example.org,0612345678,Lyon,69001,VEAL,1,Paupiettes,2,12.50,26.10\n"
    "2001,Completed,2024-03-04 18:05,,Jeanne,Martin,jeanne.martin@example.org,0612345678,Lyon,69001,BREAD,2,Bread,1,1.10,26.10\n"
    "2002,Cancelled,2024-03-05 09:00,,Karim,Haddad,karim@example.org,,,,TEA,1,Tea,1,3.00,3.00\n"
)
WOO_CUSTOMERS = (
    "Name,Username,Last active,Sign up,Email,Orders,Total spend,AOV,Country / Region,City,Region,Postal code\n"
    "Jeanne Martin,jeanne,2024-03-04 18:05:12,2021-05-02 10:00:00,jeanne.martin@example.org,4,104.40,26.10,FR,Lyon,,69001\n"
)
WOO_PRODUCTS = (
    '\ufeffID,Type,SKU,Name,Published,"Is featured?","Visibility in catalog","Short description","In stock?",Stock,"Regular price",Categories,Tags,Parent\n'
    '11,simple,VEAL,Paupiettes,1,0,visible,,1,5,12.50,"Meat > Veal, Gifts",,\n'
    '12,variation,TEA-G,"Tea - Green",1,0,visible,,1,,3.00,,,id:10\n'
)
SQUARE_ITEMS = (
    "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,"
    "Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID\n"
    "2024-03-04,18:05:12,Eastern Time (US & Canada),Meat,Paupiettes,2.0,Regular,VEAL,,$25.00,($1.50),$23.50,$0.00,T9,P1,Till,,https://example.org,Payment,Us,,"
    "JMSQ,Jeanne Martin,\n"
    "2024-03-06,09:00:00,Eastern Time (US & Canada),Meat,Paupiettes,-1.0,Regular,VEAL,,($12.50),$0.75,($11.75),$0.00,T10,P2,Till,,https://example.org,Refund,Us,,"
    "JMSQ,Jeanne Martin,\n"
    "2024-03-06,09:05:00,Eastern Time (US & Canada),Drinks,Tea,1.0,Regular,,,$3.00,$0.00,$3.00,$0.00,T11,P3,Till,,https://example.org,Payment,Us,,,,\n"
)
SQUARE_CUSTOMERS = (
    "Reference ID,First Name,Last Name,Email Address,Phone Number,Nickname,Company Name,Street Address 1,Street Address 2,City,State,Postal Code,Birthday,Memo,"
    "Square Customer ID,Creation Source,First Visit,Last Visit,Transaction Count,Lifetime Spend,Email Subscription Status\n"
    ",Jeanne,Martin,jeanne.martin@example.org,'+33612345678,,,3 rue Haute,,Lyon,,'69001,,,JMSQ,Directory,2023-01-05,2024-03-06,2,$11.75,Subscribed\n"
    ",Lucie,Petit,lucie@example.org,,,,,,,,,,,LPSQ,Directory,2023-02-05,2024-03-06,1,$3.00,Unsubscribed\n"
    ",Karim,Haddad,karim@example.org,,,,,,,,,,,KHSQ,Directory,2023-02-06,2024-03-06,1,$3.00,Unknown\n"
)
SQUARE_ITEM_LIBRARY = (
    "Token,Item Name,Variation Name,SKU,Description,Category,Price,Current Quantity Us\n"
    "TOK1,Paupiettes,Regular,VEAL,Of veal,Meat,$12.50,5\n"
    "TOK2,Tea,Regular,,,Drinks,$3.00,\n"
)
MAILCHIMP = '"Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,{more}LAST_CHANGED,LEID,EUID,NOTES,TAGS\n'
MEMBER = '{email},{name},"",2,"2020-01-01 10:00:00",,"2020-01-02 10:00:00",192.0.2.1,{more}"2023-06-01 09:00:00",101,ab12,,"""vip"",""news"""\n'
MAILCHIMP_SUBSCRIBED = (
    MAILCHIMP.format(more="")
    + MEMBER.format(email="jeanne.martin@example.org", name="Jeannette", more="")
    + MEMBER.format(email="nina@example.org", name="Nina", more="")
)
MAILCHIMP_UNSUBSCRIBED = MAILCHIMP.format(more="UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,") + MEMBER.format(
    email="lucie@example.org", name="Lucie", more='"2022-05-01 08:00:00","May offers",77,NORMAL,"no longer interested",'
)
MAILCHIMP_CLEANED = MAILCHIMP.format(more="CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,") + MEMBER.format(
    email="paul@example.org", name="Paul", more='"2022-06-01 08:00:00","June",78,'
)
MAILCHIMP_RECIPIENTS = (
    '"Email Address","First Name","Last Name","Member Rating",Opens,Clicks,"Campaign Title","Send Date"\n'
    'jeanne.martin@example.org,Jeanne,Martin,4,2,1,"March recipes","Mar 05, 2024 10:00 am"\n'
    'nina@example.org,Nina,,2,3,0,"March recipes","Mar 05, 2024 10:00 am"\n'
)
KLAVIYO_PROFILES = (
    "Email,Klaviyo ID,First Name,Last Name,Organization,Title,Phone Number,Address,Address 2,City,State / Region,Country,Zip Code,Source,"
    "Email Marketing Consent,Email Marketing Consent Timestamp,Profile Created On,Date Added,Email Suppressions,Favourites\n"
    "Jeanne.Martin@Example.org ,K1,Jeanne,Martin,,,+33612345678,,,Lyon,,France,69001,Footer,SUBSCRIBED,2022-01-05T10:00:00Z,2021-12-01,2022-01-05,,"
    '"[""veal"",""bread""]"\n'
    'lucie@example.org,K2,Lucie,,,,,,,,,,,,SUBSCRIBED,2022-01-05T10:00:00Z,2021-12-01,2022-01-05,"[""USER_SUPPRESSED""]",[]\n'
    "paul@example.org,K3,Paul,,,,,,,,,,,,UNSUBSCRIBED,2022-02-05T10:00:00Z,2021-12-01,2022-01-05,,\n"
    "nina@example.org,K4,Nina,,,,,,,,,,,,NEVER_SUBSCRIBED,,2021-12-01,2022-01-05,[],\n"
    ",K5,Ali,,,,+33611111111,,,,,,,,NEVER_SUBSCRIBED,,2021-12-01,2022-01-05,,\n"
    '\'=cmd@example.org,K6,=HYPERLINK(""x""),,,,,,,,,,,,,,2021-12-01,2022-01-05,,\n'
)
KLAVIYO_EVENTS = (
    "event_id,timestamp,metric_name,email,channel,$message,campaign_name,$flow,flow_name,subject\n"
    "e1,2024-03-05T09:00:00+00:00,Received Email,jeanne.martin@example.org,email,M1,March,,,Veal\n"
    "e2,2024-03-05T09:10:00+00:00,Opened Email,jeanne.martin@example.org,email,M1,March,,,Veal\n"
    "e3,2024-03-05T09:11:00+00:00,Clicked Email,jeanne.martin@example.org,email,M1,March,,,Veal\n"
    "e4,2024-03-05T09:00:00+00:00,Received Email,lucie@example.org,email,M1,March,,,Veal\n"
    "e5,2024-03-06T09:00:00+00:00,Unsubscribed from Email Marketing,lucie@example.org,email,M1,March,,,Veal\n"
    "e6,2024-03-05T09:00:01+00:00,Bounced Email,paul@example.org,email,M1,March,,,Veal\n"
)
BREVO_CONTACTS = (
    "\ufeffCONTACT ID;EMAIL;LASTNAME;FIRSTNAME;SMS;DOUBLE_OPT-IN;EMAIL_BLACKLISTED;SMS_BLACKLISTED;ADDED_TIME;MODIFIED_TIME\r\n"
    "1;jeanne.martin@example.org;Martin;Jeanne;33612345678;Yes;No;No;12-04-2022 09:30:00;13-04-2022 10:00:00\r\n"
    "2;lucie@example.org;Petit;Lucie;;Yes;Yes;Yes;12-04-2022 09:30:00;25-04-2022 10:00:00\r\n"
    "3;karim@example.org;Haddad;Karim;;;No;No;12-04-2022 09:30:00;13-04-2022 10:00:00\r\n"
)
BREVO_LOGS = (
    "st_text;ts;sub;frm;email;tag;mid;link\n"
    "Sent;25-03-2024 09:00:00;Du veau;boutique@example.org;jeanne.martin@example.org;;<m1@example.org>;\n"
    "First opening;25-03-2024 09:05:00;Du veau;boutique@example.org;jeanne.martin@example.org;;<m1@example.org>;\n"
    "Clicked;25-03-2024 09:06:00;Du veau;boutique@example.org;jeanne.martin@example.org;;<m1@example.org>;https://example.org/veau\n"
    "Hard bounce;25-03-2024 09:00:02;Du veau;boutique@example.org;paul@example.org;;<m2@example.org>;\n"
    "Soft bounce;25-03-2024 09:00:02;Du veau;boutique@example.org;nina@example.org;;<m3@example.org>;\n"
)

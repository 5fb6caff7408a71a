"""The words of other people's files for our closed lists, in English and French; each is looked up without case, accents or signs."""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa

from habitue.app.imports.kinds import Form
from habitue.app.understanding.layouts_texts import with_distinct

Words = dict[str, str]
MOST_WORDS = 1_000
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def plain(name: str) -> str:
    """A name without case, accents and signs: “Numéro-Commande” and “numeroCommande” are both “numero commande”."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", CAMEL.sub(" ", name.strip())) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))


def _words(**ours: str) -> Words:
    return {plain(theirs): our.replace("_", "-") for our, listed in ours.items() for theirs in (our, *listed.split(","))}


_YES = (
    "oui,y,t,o,true,vrai,1,on,ok,x,subscribed,subscribe,opt in,opted in,optin,abonné,abonnée,inscrit,inscrite,confirmed,confirmé,accepted,accepté,active,actif"
)
_NO = (
    "non,n,f,false,faux,0,off,none,unsubscribed,unsubscribe,opt out,opted out,optout,never subscribed,not subscribed,non subscribed,désabonné,désabonnée,"
    "désinscrit,désinscrite,cleaned,blacklisted,blocklisted,suppressed,refused,refusé,inactive,inactif,pending,en attente"
)
CONSENTS = _words(yes=_YES, no=f"{_NO},bounced,complained")
AGREES = CONSENTS | dict.fromkeys(map(plain, ("never subscribed", "not subscribed", "non subscribed", "pending", "en attente", "transactional")), "")
AGREES |= dict.fromkeys(map(plain, ("user suppressed", "spam complaint", "hard bounce", "invalid email", "global unsubscribe", "dropped")), "no")
"""Whether she agrees, for an import: who never said anything has neither agreed nor left, so nothing is told."""
LEFT = _words(
    yes="oui,y,true,vrai,1,on,x,unsubscribed,désabonné,désabonnée,désinscrit,désinscrite,complained,spam,blocklisted,blacklisted",
    no="non,n,false,faux,0,off,none,subscribed,abonné,abonnée",
)
HAPPENED = _words(
    yes="oui,y,true,vrai,on,x,clicked,clic,cliqué,replied,répondu,converted,bounced,bounce,hard bounce,soft bounce,hardbounce,softbounce,rebond,failed",
    no="non,n,false,faux,off,none,0,sent,envoyé,delivered,délivré,opened,open,ouvert,unopened,ok",
)
BY_FIELD: dict[str, Words] = {
    "granted": CONSENTS,
    "answered": HAPPENED,
    "bounced": HAPPENED,
    "agrees_email": AGREES,
    "agrees_sms": AGREES,
    "left": LEFT,
    "direction": _words(
        **{"in": "inbound,incoming,received,reçu,entrant,customer,client,from customer"},
        out="outbound,outgoing,sent,envoyé,sortant,agent,shop,brand,us,to customer",
    ),
}
BY_FORM: dict[Form, Words] = {
    "channel": _words(
        email="e-mail,mail,courriel,emailing,newsletter,email campaign,mél",
        sms="text,texto,text message,mms",
        post="postal,letter,courrier,direct mail,paper,papier,print,lettre",
        shop="store,in store,boutique,magasin",
        phone="call,téléphone,appel,voice",
        site="web,onsite,website,site web,web push",
    ),
    "touch_kind": _words(
        offer="offre,promo,promotion,promotional,promotionnel,sale,sales,soldes,discount,remise,coupon,deal,commercial,marketing,bon plan",
        content="contenu,newsletter,article,recipe,recette,editorial,blog,news,actualité,tips,conseil",
        service="transactional,transactionnel,confirmation,order confirmation,receipt,shipping,livraison,notification,account,compte,invoice,facture",
        question="survey,enquête,sondage,nps,review,avis,feedback,review request",
        gesture="birthday,anniversaire,thank you,thanks,merci,greetings,voeux,welcome,bienvenue",
        set_aside="reserved,mis de côté",
    ),
    "happened": _words(
        sent="received,delivered,requests,envoyé,envoyée,délivré,délivrée,received email,received sms,sent sms,send,sends",
        opened="open,opens,ouvert,ouverture,opened email,first opening,première ouverture,loaded by proxy,unique opens",
        answered="clicked,click,clicks,clic,cliqué,clicked email,clicked sms,replied,reply,répondu,unique clicks",
        left="unsubscribed,unsubscribe,unsub,désabonné,désinscrit,désinscription,désabonnement,spam,complaint,complained,plainte,abuse,"
        "marked email as spam,unsubscribed from email,unsubscribed from email marketing,unsubscribed from list,unsubscribed from sms,"
        "unsubscribed from sms marketing,blocked,bloqué,dropped email",
        bounced="bounce,hard bounce,hard bounces,hardbounce,rebond,hard bounced,bounced email,invalid email,rebond définitif",
        deferred="soft bounce,soft bounces,softbounce,soft bounced,rebond temporaire,différé,error,erreur",
    ),
    "level": _words(product="produit,sku,article,item", type="subcategory,sous catégorie,product type", category="catégorie", department="rayon,famille"),
    "place": _words(
        shop="store,magasin,boutique,pos,in store,retail,point of sale", web="online,internet,site,ecommerce,e-commerce,en ligne", phone="téléphone"
    ),
    "feeling": _words(
        likes="like,love,loves,aime,adore,favorite,favourite,favori,positive,plus,wish,wishlist",
        dislikes="dislike,hate,hates,déteste,n'aime pas,negative,avoid,évite,minus",
        neither="neutral,neutre,indifferent",
    ),
    "state": _words(
        opened="open,new,nouveau,nouvelle,ouvert,ouverte,unanswered,waiting,à traiter",
        answered="replied,répondu,répondue,solved,resolved,résolu,résolue,traité",
        closed="close,fermé,fermée,clos,close,archived,archivé",
    ),
    "thread": _words(question="request,demande,inquiry,enquiry", complaint="réclamation,plainte,litige,dispute,claim,complaint return,sav"),
    "purpose": _words(
        advice="conseil,conseils,newsletter,information",
        offers="offer,offres,offre,marketing,promotion,promotions",
        invitations="invitation,events,évènements",
        health="santé",
    ),
}
NEVER_GUESSED = frozenset(("channel", "granted", "feeling", "agrees_email", "agrees_sms", "left", "happened"))
"""Fields in which an unknown word is set aside with its line; elsewhere it counts as nothing told."""
LEAVE = frozenset(("granted", "agrees_email", "agrees_sms"))
"""Fields in which a figure is a yes only where it is 1: some tools write 2 for a no."""


def in_our_words(cells: pa.Array, field: str, form: Form, said: Words, unknown: set[str]) -> pa.Array:
    """The cells with our words in place of theirs; `said` are the mapping's own. What nobody knows is added to `unknown`."""
    known = BY_FIELD.get(field) or BY_FORM.get(form, {})

    def ours(theirs: str) -> str | None:
        word = said.get(theirs.strip(), known.get(plain(theirs) or theirs.strip()))
        if word == "":
            return None
        if word is None and form == "flag" and field not in LEAVE and re.fullmatch(r"\d{1,9}", theirs.strip()):
            return "yes" if int(theirs) else "no"
        if word is None and field not in NEVER_GUESSED:
            if len(unknown) < MOST_WORDS:
                unknown.add(theirs)
            return None
        return theirs if word is None else word

    return with_distinct(cells, ours)

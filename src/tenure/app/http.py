"""The web application: every router under /api/v1, and the built web interface for everything else."""

from collections.abc import Mapping
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI

from tenure.app import runs_routes, snippet, web
from tenure.app import settings as environment
from tenure.app.channels.onsite import push_key
from tenure.app.clean_text import CleanText
from tenure.app.delivery import gate_of
from tenure.app.description import describe
from tenure.app.look import public_look
from tenure.app.once import OnceOnly
from tenure.app.person import routes as persons
from tenure.app.wiring import Stores, channel_of, intake_of, mail_preflight, wecom_of
from tenure.audiences.profile import routes as timeline
from tenure.decisions.recommendations import routes as recommendations
from tenure.directory.access import anyone
from tenure.directory.audit import routes as audit
from tenure.directory.customers.claims import routes as claims
from tenure.directory.customers.consent.routes import desk as consent
from tenure.directory.customers.consent.routes import public as consent_pages
from tenure.directory.customers.finding import routes as finding
from tenure.directory.customers.profile import routes as profile
from tenure.directory.keys import routes as keys
from tenure.directory.members import routes as members
from tenure.directory.workspace import routes as workspace
from tenure.kit.http import install_error_handlers
from tenure.metrics import routes as metrics
from tenure.outreach.accounts import routes as channels
from tenure.outreach.care import routes as care
from tenure.outreach.confirming import routes as confirming
from tenure.outreach.content import routes as content
from tenure.outreach.drafting import routes as drafting
from tenure.outreach.holdouts import routes as hold_outs
from tenure.outreach.hooks import routes as webhooks
from tenure.outreach.ledger import routes as sends
from tenure.outreach.media import routes as media
from tenure.outreach.onsite import routes as onsite
from tenure.outreach.onsite.streams import Streams
from tenure.outreach.policy import routes as contact_policy
from tenure.outreach.reading import routes as reading
from tenure.outreach.returns import routes as returns
from tenure.outreach.sending import routes as sending
from tenure.outreach.trying import routes as trying
from tenure.outreach.wecom import routes as wecom
from tenure.outreach.why import routes as why
from tenure.risk import routes as risk
from tenure.risk.cases import routes as cases
from tenure.risk.health import routes as health
from tenure.risk.house_rules import routes as house_rules
from tenure.risk.panel import routes as panel
from tenure.risk.registry import routes as models
from tenure.risk.satisfaction import routes as satisfaction
from tenure.risk.tuning import routes as tuning
from tenure.sources import routes as sources
from tenure.sources.tracking.door import TrackingDoor
from tenure.sources.tracking.keys import routes as write_keys
from tenure.sources.tracking.registry import routes as tracking
from tenure.sources.tracking.speed import Speed

API = "/api/v1"
WEB_DIST = Path(__file__).parent / "web_dist"
ROUTERS: tuple[APIRouter, ...] = (
    members.router,
    keys.router,
    workspace.router,
    finding.router,
    timeline.router,
    health.router,
    recommendations.router,
    panel.router,
    claims.router,
    consent.router,
    confirming.router,
    contact_policy.router,
    sends.router,
    channels.router,
    trying.router,
    care.router,
    hold_outs.router,
    webhooks.router,
    onsite.router,
    reading.router,
    returns.router,
    why.router,
    profile.router,  # after the others under /customers: an id may be any text
    metrics.router,
    sources.router,
    write_keys.router,
    tracking.router,
    risk.router,
    cases.router,
    tuning.router,
    house_rules.router,
    models.router,
    satisfaction.router,
    content.router,
    drafting.router,
    media.router,
    sending.router,
    persons.router,
    audit.router,
    runs_routes.router,
)


def build_app(stores: Stores | None, resources: Mapping[str, object] | None = None) -> FastAPI:
    """Return the application over open stores; ``None`` gives one that can only be described, for the OpenAPI file.

    ``resources`` are further things routes ask for by name with ``kit.http.resource``.
    """
    app = FastAPI(
        title="Tenure",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.resources = {**_resources(stores), **(resources or {})}
    install_error_handlers(app)
    app.add_middleware(OnceOnly, api=API)
    app.add_middleware(CleanText)  # added last, looked at first
    for router in ROUTERS:
        app.include_router(router, prefix=API)
    app.include_router(consent_pages.router)
    app.include_router(wecom.router)
    app.include_router(reading.public)
    app.include_router(returns.door)
    app.include_router(media.public)
    app.include_router(onsite.public)
    _describe_itself(app)
    snippet.mount(app, WEB_DIST)
    web.mount(app, WEB_DIST, API)
    if stores is not None:
        app.add_middleware(TrackingDoor, engine=stores.engine, clock=app.state.resources["clock"])  # before all others
    return app


def _describe_itself(app: FastAPI) -> None:
    @app.get(f"{API}/openapi.json", include_in_schema=False, dependencies=[Depends(anyone)])
    def openapi() -> dict[str, object]:
        return describe(app)


def _resources(stores: Stores | None) -> dict[str, object]:
    if stores is None:
        return {}
    return {
        "look": public_look,
        "stores": stores,
        "engine": stores.engine,
        "lake": stores.lake,
        "clock": stores.clock,
        "folder": stores.folder,
        "name": stores.name,
        "secret": stores.secret,
        "channel": lambda account: channel_of(account, stores.clock),
        "public_url": environment.read().public_url,
        "intake": intake_of(stores),
        "gate": lambda: gate_of(stores, environment.read().public_url, rehearsing=True),
        "mail_preflight": lambda account: mail_preflight(account, environment.read().public_url),
        "streams": Streams(stores.engine, stores.clock),
        "onsite_speed": Speed(),
        "public_speed": Speed(),
        "push_key": lambda: push_key(stores),
        "wecom": lambda account: wecom_of(account, stores.clock),
    }

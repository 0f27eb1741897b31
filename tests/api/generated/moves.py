"""Reads moves with a client that was generated from the OpenAPI document, as its user would."""

import json
import sys

from generated.api.moves import moves_list, moves_retrieve
from generated.client import Client
from generated.models.moves_list_status_item import MovesListStatusItem

client = Client(base_url=sys.argv[1])
page = moves_list.sync(client=client, limit=1, status=[MovesListStatusItem.REPORTED])
move = page.results[0]
missing = moves_retrieve.sync(client=client, public_id="nope")
person = move.person.name if move.person else None
found = {"id": move.id, "status": move.status.value, "person": person, "problem": missing.status}
sys.stdout.write(json.dumps(found))

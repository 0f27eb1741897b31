import createClient from "openapi-fetch";
import type { paths } from "./schema.d.ts";

const client = createClient<paths, "application/json" | "application/problem+json">({ baseUrl: process.argv[2] });
const { data, error } = await client.GET("/api/v1/moves/", { params: { query: { limit: 1, status: ["reported"] } } });
if (error || !data ) throw new Error(JSON.stringify(error));
const move = data.results[0];
const missing = await client.GET("/api/v1/moves/{public_id}/", { params: { path: { public_id: "nope" } } });
console.log(JSON.stringify({ id: move.id, status: move.status, person: move.person?.name ?? null, problem: missing.error?.status }));

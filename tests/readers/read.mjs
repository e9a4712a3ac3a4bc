// Prints what two parsers from npm make of feeds: {parser: {name: what it read}}.
// Standard input is a JSON object {name: XML}. Nothing is fetched: both parse a string.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// partytime logs to standard output unless told otherwise before it is loaded.
process.env.PARTYTIME_LOG = "silent";
console.warn = () => {};
const require = createRequire(new URL("../node/package.json", import.meta.url));
// Its parser alone: the package's front door loads what fetches, too.
const { parseFeed } = require("podcast-partytime/dist/parser");
const RssParser = require("rss-parser");

const feeds = Object.entries(JSON.parse(readFileSync(0, "utf-8")));
const byPartytime = {};
const byRssParser = {};
const rssParser = new RssParser();
for (const [name, xml] of feeds) {
  byPartytime[name] = parseFeed(xml);
  byRssParser[name] = await rssParser.parseString(xml);
}
process.stdout.write(JSON.stringify({ partytime: byPartytime, "rss-parser": byRssParser }));

"""A feed that holds each element of the table, with all of its attributes.

Only ``fh:complete`` is not in it: such a feed has no archive.
"""

from __future__ import annotations

from castpress.model.element_rules import NAMESPACES

DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
NODE = "02" + "d5" * 32
UUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
MANY = f"""
<podcast:funding url="https://example.org/give">Buy us socks</podcast:funding>
<podcast:person role="Guest" group="cast" img="https://example.org/a.jpg"
  href="https://example.org/a">Ann</podcast:person>
<podcast:location rel="creator" geo="geo:43.65,-79.38" osm="R324211"
  country="CA">Toronto</podcast:location>
<podcast:license url="https://example.org/licence">ours-1</podcast:license>
<podcast:image href="https://example.org/w.jpg" alt="A shoe" aspect-ratio="16/9" width="1600"
  height="900" type="image/jpeg" purpose="social banner"/>
<podcast:socialInteract protocol="activitypub" uri="https://example.social/@a/1" accountId="@a"
  accountUrl="https://example.social/@a" priority="1"/>
<podcast:txt purpose="verify">abc</podcast:txt>
<podcast:chat server="irc.example.org" protocol="irc" accountId="@a" space="#runners"/>
<podcast:value type="lightning" method="keysend" suggested="0.00000005000">
  <podcast:valueRecipient name="Amy" type="node" address="{NODE}" split="90" customKey="8"
    customValue="x" fee="false"/>
  <podcast:valueTimeSplit startTime="60" duration="237.5" remoteStartTime="17"
    remotePercentage="95">
    <podcast:remoteItem feedGuid="{UUID}" itemGuid="x"/>
  </podcast:valueTimeSplit>
</podcast:value>
<itunes:image href="https://example.org/a.png"/>
<itunes:explicit>false</itunes:explicit>
<itunes:author>Ann</itunes:author>
<itunes:title>Run</itunes:title>
<itunes:block>Yes</itunes:block>
<category domain="tags">running</category>
<pubDate>Sun, 01 Mar 2026 06:30:00 -0500</pubDate>
"""
_LIVE = """
<title>Live</title>
<guid isPermaLink="false">live-1</guid>
<enclosure url="http://stream.example.org/live" length="0" type="audio/mpeg"/>
<podcast:contentLink href="https://example.org/live">Watch</podcast:contentLink>
"""
CHANNEL = f"""
<title>Run &amp; Rest</title>
<link>https://example.org/</link>
<description>Running, and resting.</description>
<generator>castpress</generator>
<docs>https://www.rssboard.org/rss-specification</docs>
<language>en-CA</language>
<copyright>Ann</copyright>
<lastBuildDate>Sun, 01 Mar 2026 06:30:00 GMT</lastBuildDate>
<managingEditor>hi@example.org (Ann)</managingEditor>
<webMaster>hi@example.org</webMaster>
<ttl>60</ttl>
<skipHours><hour>0</hour><hour>23</hour></skipHours>
<skipDays><day>Sunday</day></skipDays>
<cloud domain="rpc.example.org" port="80" path="/RPC2" registerProcedure="notify"
  protocol="soap"/>
<image><url>https://example.org/a.png</url><title>Run</title><link>https://example.org/</link>
  <width>88</width><height>31</height></image>
<atom:link href="https://example.org/feed.xml" rel="self" type="application/rss+xml"
  title="Feed" hreflang="en"/>
<atom:link href="https://hub.example.org/" rel="hub"/>
<atom:link href="https://example.org/feed-1.xml" rel="prev-archive"/>
<fh:archive/>
<itunes:type>serial</itunes:type>
<itunes:new-feed-url>https://example.org/feed.xml</itunes:new-feed-url>
<itunes:complete>Yes</itunes:complete>
<itunes:applepodcastsverify>05124</itunes:applepodcastsverify>
<itunes:category text="Sports"><itunes:category text="Running"/></itunes:category>
<itunes:category text="Comedy"/>
<itunes:owner><itunes:name>Ann</itunes:name><itunes:email>hi@example.org</itunes:email></itunes:owner>
<podcast:guid>{UUID}</podcast:guid>
<podcast:locked owner="hi@example.org">yes</podcast:locked>
<podcast:medium>podcast</podcast:medium>
<podcast:trailer url="https://example.org/t.mp3" pubdate="Sun, 01 Mar 2026 06:30:00 +0000"
  length="12" type="audio/mpeg" season="1">Hear this</podcast:trailer>
<podcast:block>yes</podcast:block>
<podcast:block id="amazon">no</podcast:block>
<podcast:podroll><podcast:remoteItem feedGuid="{UUID}" feedUrl="https://example.net/feed"
  itemGuid="x" medium="music" title="Song"/></podcast:podroll>
<podcast:publisher><podcast:remoteItem feedGuid="{UUID}" medium="publisher"/></podcast:publisher>
<podcast:updateFrequency rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=10" dtstart="2026-09-08"
  complete="false">Weekly</podcast:updateFrequency>
<podcast:podping usesPodping="true"/>
<podcast:liveItem status="pending" start="2026-12-01T18:00:00-05:00"
  end="2026-12-01T19:00:00-05:00">
{_LIVE}</podcast:liveItem>
{MANY}
"""
_OF_ITEM = f"""
<title>Hills</title>
<link>https://example.org/hills/</link>
<description><![CDATA[<p>Why hills hurt.</p>]]></description>
<content:encoded><![CDATA[<p>Why hills hurt, and more.</p>]]></content:encoded>
<guid isPermaLink="false">g-1</guid>
<enclosure url="https://example.org/a.mp3" length="12" type="audio/mpeg"/>
<author>hi@example.org (Ann)</author>
<comments>https://example.org/hills/#talk</comments>
<atom:link href="https://example.org/hills/#" rel="http://podlove.org/deep-link"/>
<itunes:duration>1800</itunes:duration>
<itunes:season>2</itunes:season>
<itunes:episode>7</itunes:episode>
<itunes:episodeType>full</itunes:episodeType>
<podcast:season name="Spring">2</podcast:season>
<podcast:episode display="Ch. 7">7.5</podcast:episode>
<podcast:chapters url="https://example.org/c.json" type="application/json+chapters"/>
<podcast:transcript url="https://example.org/t.vtt" type="text/vtt" language="en" rel="captions"/>
<podcast:soundbite startTime="73.0" duration="60.0">Why</podcast:soundbite>
<podcast:contentLink href="https://example.org/v">Watch</podcast:contentLink>
<podcast:alternateEnclosure type="audio/opus" length="12" bitrate="16000.5" height="720" lang="en"
  title="Small" rel="default" codecs="opus" default="true">
  <podcast:source uri="ipfs://abc" contentType="audio/ogg"/>
  <podcast:integrity type="sri" value="sha256-{"A" * 43}="/>
</podcast:alternateEnclosure>
<psc:chapters version="1.2">
  <psc:chapter start="00:00:00.000" title="Hello" href="https://example.org/h"
    image="https://example.org/h.jpg"/>
</psc:chapters>
{MANY}
"""
ITEM = f"<item>{_OF_ITEM}</item>"


def feed(channel: str = CHANNEL, *items: str) -> bytes:
    """A feed of these parts."""
    text = f'<rss {DECLARED} version="2.0"><channel>{channel}{"".join(items)}</channel></rss>'
    return text.encode()

-- Trusted extensions: the owner of the database may create them.
CREATE EXTENSION IF NOT EXISTS "unaccent";
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "FeedStatus" AS ENUM ('ACTIVE', 'PAUSED', 'GONE');

-- CreateEnum
CREATE TYPE "PollOutcome" AS ENUM ('FETCHED', 'NOT_MODIFIED', 'FAILED');

-- CreateEnum
CREATE TYPE "SubscriptionStatus" AS ENUM ('REQUESTED', 'ACTIVE', 'DENIED', 'FAILED');

-- CreateEnum
CREATE TYPE "ActorKind" AS ENUM ('PERSON', 'COMPANY', 'LAB', 'INVESTOR', 'GOVERNMENT', 'ORGANIZATION');

-- CreateEnum
CREATE TYPE "ActorStatus" AS ENUM ('CONFIRMED', 'CANDIDATE', 'REJECTED');

-- CreateEnum
CREATE TYPE "Field" AS ENUM ('TITLE', 'TEXT');

-- CreateEnum
CREATE TYPE "ClaimKind" AS ENUM ('DIRECT', 'INDIRECT');

-- CreateEnum
CREATE TYPE "ClaimStatus" AS ENUM ('ASSERTED', 'CONDITIONAL', 'DENIED');

-- CreateEnum
CREATE TYPE "FundingKind" AS ENUM ('SEED', 'SERIES_A', 'SERIES_B', 'SERIES_C', 'SERIES_D_PLUS', 'GROWTH', 'ROUND', 'GRANT', 'PUBLIC_PLAN', 'ENDOWMENT', 'DEBT', 'ACQUISITION', 'INVESTMENT');

-- CreateEnum
CREATE TYPE "FundingStatus" AS ENUM ('RUMOURED', 'PLANNED', 'CLOSED');

-- CreateEnum
CREATE TYPE "AmountPrecision" AS ENUM ('EXACT', 'ABOUT', 'AT_LEAST', 'AT_MOST');

-- CreateEnum
CREATE TYPE "TokenScope" AS ENUM ('READ', 'TEXT', 'WATCH', 'INGEST', 'ADMIN');

-- CreateEnum
CREATE TYPE "ChannelKind" AS ENUM ('WEBHOOK', 'SLACK', 'DISCORD', 'TEAMS', 'MAIL', 'FEED');

-- CreateEnum
CREATE TYPE "ChannelStatus" AS ENUM ('UNCONFIRMED', 'ACTIVE', 'PAUSED', 'DISABLED');

-- CreateEnum
CREATE TYPE "DeliveryKind" AS ENUM ('ALERT', 'TEST', 'REDELIVERY', 'CONFIRMATION');

-- CreateEnum
CREATE TYPE "DeliveryOutcome" AS ENUM ('DELIVERED', 'FAILED');

-- CreateTable
CREATE TABLE "feed" (
    "id" SERIAL NOT NULL,
    "url" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "outlet" TEXT NOT NULL,
    "site_url" TEXT,
    "language" TEXT,
    "topics" TEXT[],
    "unnamed" TEXT[],
    "status" "FeedStatus" NOT NULL DEFAULT 'ACTIVE',
    "etag" TEXT,
    "last_modified" TEXT,
    "moved_to" TEXT,
    "moved_polls" INTEGER NOT NULL DEFAULT 0,
    "not_modified_polls" INTEGER NOT NULL DEFAULT 0,
    "interval_seconds" INTEGER NOT NULL DEFAULT 900,
    "next_poll_at" TIMESTAMPTZ(3) NOT NULL,
    "poll_asked_at" TIMESTAMPTZ(3),
    "last_poll_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "consecutive_failures" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "failing_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feed_subscription" (
    "feed_id" INTEGER NOT NULL,
    "hub" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "callback_key" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "status" "SubscriptionStatus" NOT NULL,
    "problem" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "next_request_at" TIMESTAMPTZ(3) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "lease_ends_at" TIMESTAMPTZ(3),
    "last_delivery_at" TIMESTAMPTZ(3),

    CONSTRAINT "feed_subscription_pkey" PRIMARY KEY ("feed_id")
);

-- CreateTable
CREATE TABLE "feed_delivery" (
    "id" SERIAL NOT NULL,
    "feed_id" INTEGER NOT NULL,
    "content_type" TEXT,
    "body" BYTEA NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feed_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feed_successor" (
    "feed_id" INTEGER NOT NULL,
    "searched_at" TIMESTAMPTZ(3) NOT NULL,
    "url" TEXT,
    "title" TEXT,
    "found_at" TIMESTAMPTZ(3),
    "dismissed" TEXT[],

    CONSTRAINT "feed_successor_pkey" PRIMARY KEY ("feed_id")
);

-- CreateTable
CREATE TABLE "feed_poll" (
    "id" BIGSERIAL NOT NULL,
    "feed_id" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "outcome" "PollOutcome" NOT NULL,
    "http_status" INTEGER,
    "bytes" INTEGER,
    "items" INTEGER NOT NULL DEFAULT 0,
    "new_articles" INTEGER NOT NULL DEFAULT 0,
    "revised_articles" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,

    CONSTRAINT "feed_poll_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feed_entry" (
    "feed_id" INTEGER NOT NULL,
    "guid" TEXT NOT NULL,
    "article_id" INTEGER NOT NULL,
    "item_hash" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feed_entry_pkey" PRIMARY KEY ("feed_id","guid")
);

-- CreateTable
CREATE TABLE "story" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "article_count" INTEGER NOT NULL DEFAULT 1,
    "independent_texts" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "story_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article" (
    "id" SERIAL NOT NULL,
    "url" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "outlet" TEXT NOT NULL,
    "authors" TEXT[],
    "language" TEXT,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3),
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,
    "content_hash" TEXT NOT NULL,
    "reader" TEXT NOT NULL,
    "register_version" BIGINT NOT NULL DEFAULT 0,
    "reading_hash" TEXT,
    "feed_id" INTEGER,
    "story_id" INTEGER NOT NULL,

    CONSTRAINT "article_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article_body" (
    "article_id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT,
    "search" tsvector,

    CONSTRAINT "article_body_pkey" PRIMARY KEY ("article_id")
);

-- CreateTable
CREATE TABLE "article_signature" (
    "article_id" INTEGER NOT NULL,
    "bands" INTEGER[],
    "profile" BYTEA NOT NULL,

    CONSTRAINT "article_signature_pkey" PRIMARY KEY ("article_id")
);

-- CreateTable
CREATE TABLE "article_band" (
    "band" INTEGER NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "article_id" INTEGER NOT NULL,

    CONSTRAINT "article_band_pkey" PRIMARY KEY ("band","published_at","article_id")
);

-- CreateTable
CREATE TABLE "article_revision" (
    "id" SERIAL NOT NULL,
    "article_id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL,
    "changed" TEXT[],

    CONSTRAINT "article_revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "actor" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "ActorKind" NOT NULL,
    "status" "ActorStatus" NOT NULL DEFAULT 'CONFIRMED',
    "wikidata" TEXT,
    "context" TEXT[],
    "merged_into_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "actor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alias" (
    "actor_id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "ambiguous" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "alias_pkey" PRIMARY KEY ("actor_id","text")
);

-- CreateTable
CREATE TABLE "affiliation" (
    "id" SERIAL NOT NULL,
    "actor_id" INTEGER NOT NULL,
    "organization_id" INTEGER NOT NULL,
    "role" TEXT,
    "since" TEXT,
    "until" TEXT,
    "former" BOOLEAN NOT NULL DEFAULT false,
    "article_id" INTEGER,
    "field" "Field",
    "start" INTEGER,
    "end" INTEGER,

    CONSTRAINT "affiliation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mention" (
    "id" SERIAL NOT NULL,
    "article_id" INTEGER NOT NULL,
    "actor_id" INTEGER NOT NULL,
    "field" "Field" NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "surface" TEXT NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mention_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim" (
    "id" SERIAL NOT NULL,
    "article_id" INTEGER NOT NULL,
    "speaker_id" INTEGER,
    "speaker_name" TEXT,
    "kind" "ClaimKind" NOT NULL,
    "status" "ClaimStatus" NOT NULL,
    "quote" TEXT NOT NULL,
    "verb" TEXT,
    "topics" TEXT[],
    "field" "Field" NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim_about" (
    "claim_id" INTEGER NOT NULL,
    "actor_id" INTEGER NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "claim_about_pkey" PRIMARY KEY ("claim_id","actor_id")
);

-- CreateTable
CREATE TABLE "funding_event" (
    "id" SERIAL NOT NULL,
    "recipient_id" INTEGER,
    "kind" "FundingKind" NOT NULL,
    "status" "FundingStatus" NOT NULL,
    "amount" DECIMAL(20,2) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount_eur" DECIMAL(20,2),
    "valuation" DECIMAL(20,2),
    "valuation_currency" CHAR(3),
    "date" TIMESTAMPTZ(3) NOT NULL,
    "disputed" BOOLEAN NOT NULL DEFAULT false,
    "cumulative" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "funding_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "funding_participation" (
    "event_id" INTEGER NOT NULL,
    "investor_id" INTEGER NOT NULL,
    "lead" BOOLEAN NOT NULL,

    CONSTRAINT "funding_participation_pkey" PRIMARY KEY ("event_id","investor_id")
);

-- CreateTable
CREATE TABLE "funding_report" (
    "id" SERIAL NOT NULL,
    "article_id" INTEGER NOT NULL,
    "event_id" INTEGER NOT NULL,
    "recipient_id" INTEGER,
    "kind" "FundingKind" NOT NULL,
    "status" "FundingStatus" NOT NULL,
    "amount" DECIMAL(20,2) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "precision" "AmountPrecision" NOT NULL,
    "valuation" DECIMAL(20,2),
    "valuation_currency" CHAR(3),
    "valuation_basis" TEXT,
    "deal_date" TEXT,
    "cumulative" BOOLEAN NOT NULL DEFAULT false,
    "field" "Field" NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "funding_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "funding_report_investor" (
    "report_id" INTEGER NOT NULL,
    "investor_id" INTEGER NOT NULL,
    "lead" BOOLEAN NOT NULL,

    CONSTRAINT "funding_report_investor_pkey" PRIMARY KEY ("report_id","investor_id")
);

-- CreateTable
CREATE TABLE "match" (
    "seq" BIGSERIAL NOT NULL,
    "article_id" INTEGER NOT NULL,
    "actor_id" INTEGER NOT NULL,
    "story_id" INTEGER NOT NULL,
    "reasons" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "logged_text_id" INTEGER,
    "independent_texts" INTEGER NOT NULL DEFAULT 1,
    "corroborates" BIGINT,

    CONSTRAINT "match_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "logged_text" (
    "id" SERIAL NOT NULL,
    "words" TEXT NOT NULL,

    CONSTRAINT "logged_text_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alerted_fact" (
    "story_id" INTEGER NOT NULL,
    "actor_id" INTEGER NOT NULL,
    "fact" TEXT NOT NULL,

    CONSTRAINT "alerted_fact_pkey" PRIMARY KEY ("story_id","actor_id","fact")
);

-- CreateTable
CREATE TABLE "watch" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "watch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "watch_change" (
    "watch_id" INTEGER NOT NULL,
    "place" BIGSERIAL NOT NULL,

    CONSTRAINT "watch_change_pkey" PRIMARY KEY ("watch_id")
);

-- CreateTable
CREATE TABLE "watch_mute" (
    "id" SERIAL NOT NULL,
    "watch_id" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "watch_mute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel" (
    "id" SERIAL NOT NULL,
    "watch_id" INTEGER NOT NULL,
    "kind" "ChannelKind" NOT NULL,
    "status" "ChannelStatus" NOT NULL,
    "status_reason" TEXT,
    "status_at" TIMESTAMPTZ(3) NOT NULL,
    "settings" JSONB NOT NULL,
    "secret" TEXT NOT NULL,
    "old_secret" TEXT,
    "old_secret_until" TIMESTAMPTZ(3),
    "cursor" BIGINT NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_delivered_at" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" BIGSERIAL NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "kind" "DeliveryKind" NOT NULL,
    "message_id" TEXT NOT NULL,
    "seqs" BIGINT[],
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "outcome" "DeliveryOutcome" NOT NULL,
    "status" INTEGER,
    "problem" TEXT,
    "next_attempt_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_question" (
    "id" BIGSERIAL NOT NULL,
    "address" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_cursor" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "delivery_cursor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" "TokenScope"[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "owner" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "result" TEXT,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("owner","key")
);

-- CreateTable
CREATE TABLE "register_version" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" BIGINT NOT NULL DEFAULT 1,

    CONSTRAINT "register_version_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "feed_url_key" ON "feed"("url");

-- CreateIndex
CREATE INDEX "feed_status_next_poll_at_idx" ON "feed"("status", "next_poll_at");

-- CreateIndex
CREATE INDEX "feed_poll_asked_at_idx" ON "feed"("poll_asked_at");

-- CreateIndex
CREATE UNIQUE INDEX "feed_subscription_callback_key_key" ON "feed_subscription"("callback_key");

-- CreateIndex
CREATE INDEX "feed_subscription_next_request_at_idx" ON "feed_subscription"("next_request_at");

-- CreateIndex
CREATE INDEX "feed_delivery_feed_id_id_idx" ON "feed_delivery"("feed_id", "id");

-- CreateIndex
CREATE INDEX "feed_poll_feed_id_id_idx" ON "feed_poll"("feed_id", "id" DESC);

-- CreateIndex
CREATE INDEX "feed_entry_article_id_idx" ON "feed_entry"("article_id");

-- CreateIndex
CREATE INDEX "story_first_seen_at_id_idx" ON "story"("first_seen_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "article_url_key" ON "article"("url");

-- CreateIndex
CREATE INDEX "article_published_at_id_idx" ON "article"("published_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "article_outlet_published_at_id_idx" ON "article"("outlet", "published_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "article_story_id_published_at_id_idx" ON "article"("story_id", "published_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "article_feed_id_published_at_id_idx" ON "article"("feed_id", "published_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "article_revision_article_id_id_idx" ON "article_revision"("article_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "actor_slug_key" ON "actor"("slug");

-- CreateIndex
CREATE INDEX "actor_kind_name_idx" ON "actor"("kind", "name");

-- CreateIndex
CREATE INDEX "actor_status_created_at_idx" ON "actor"("status", "created_at" DESC);

-- CreateIndex
CREATE INDEX "actor_merged_into_id_idx" ON "actor"("merged_into_id");

-- CreateIndex
CREATE INDEX "affiliation_actor_id_idx" ON "affiliation"("actor_id");

-- CreateIndex
CREATE INDEX "affiliation_organization_id_idx" ON "affiliation"("organization_id");

-- CreateIndex
CREATE INDEX "affiliation_article_id_idx" ON "affiliation"("article_id");

-- CreateIndex
CREATE INDEX "mention_actor_id_published_at_article_id_idx" ON "mention"("actor_id", "published_at" DESC, "article_id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "mention_article_id_field_start_end_actor_id_key" ON "mention"("article_id", "field", "start", "end", "actor_id");

-- CreateIndex
CREATE INDEX "claim_speaker_id_published_at_id_idx" ON "claim"("speaker_id", "published_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "claim_published_at_id_idx" ON "claim"("published_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "claim_fingerprint_idx" ON "claim"("fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "claim_article_id_field_start_end_key" ON "claim"("article_id", "field", "start", "end");

-- CreateIndex
CREATE INDEX "claim_about_actor_id_published_at_claim_id_idx" ON "claim_about"("actor_id", "published_at" DESC, "claim_id" DESC);

-- CreateIndex
CREATE INDEX "funding_event_recipient_id_date_idx" ON "funding_event"("recipient_id", "date" DESC);

-- CreateIndex
CREATE INDEX "funding_event_date_id_idx" ON "funding_event"("date" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "funding_event_amount_eur_idx" ON "funding_event"("amount_eur");

-- CreateIndex
CREATE INDEX "funding_participation_investor_id_idx" ON "funding_participation"("investor_id");

-- CreateIndex
CREATE INDEX "funding_report_event_id_idx" ON "funding_report"("event_id");

-- CreateIndex
CREATE INDEX "funding_report_recipient_id_idx" ON "funding_report"("recipient_id");

-- CreateIndex
CREATE UNIQUE INDEX "funding_report_article_id_field_start_end_key" ON "funding_report"("article_id", "field", "start", "end");

-- CreateIndex
CREATE INDEX "funding_report_investor_investor_id_idx" ON "funding_report_investor"("investor_id");

-- CreateIndex
CREATE INDEX "alerted_fact_actor_id_fact_idx" ON "alerted_fact"("actor_id", "fact");

-- CreateIndex
CREATE INDEX "match_actor_id_seq_idx" ON "match"("actor_id", "seq");

-- CreateIndex
CREATE INDEX "match_article_id_idx" ON "match"("article_id");

-- CreateIndex
CREATE INDEX "match_created_at_idx" ON "match"("created_at");

-- CreateIndex
CREATE INDEX "match_reasons_idx" ON "match" USING GIN ("reasons" jsonb_path_ops);

-- CreateIndex
CREATE INDEX "match_logged_text_id_idx" ON "match"("logged_text_id");

-- CreateIndex
CREATE UNIQUE INDEX "watch_name_key" ON "watch"("name");

-- CreateIndex
CREATE UNIQUE INDEX "watch_change_place_key" ON "watch_change"("place");

-- CreateIndex
CREATE INDEX "watch_mute_watch_id_idx" ON "watch_mute"("watch_id");

-- CreateIndex
CREATE UNIQUE INDEX "channel_secret_key" ON "channel"("secret");

-- CreateIndex
CREATE INDEX "channel_watch_id_id_idx" ON "channel"("watch_id", "id");

-- CreateIndex
CREATE INDEX "delivery_channel_id_id_idx" ON "delivery"("channel_id", "id" DESC);

-- CreateIndex
CREATE INDEX "delivery_started_at_idx" ON "delivery"("started_at");

-- CreateIndex
CREATE INDEX "mail_question_address_asked_at_idx" ON "mail_question"("address", "asked_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE INDEX "idempotency_key_started_at_idx" ON "idempotency_key"("started_at");

-- AddForeignKey
ALTER TABLE "feed_subscription" ADD CONSTRAINT "feed_subscription_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed_delivery" ADD CONSTRAINT "feed_delivery_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed_successor" ADD CONSTRAINT "feed_successor_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed_poll" ADD CONSTRAINT "feed_poll_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed_entry" ADD CONSTRAINT "feed_entry_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed_entry" ADD CONSTRAINT "feed_entry_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article" ADD CONSTRAINT "article_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article" ADD CONSTRAINT "article_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_body" ADD CONSTRAINT "article_body_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_signature" ADD CONSTRAINT "article_signature_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_revision" ADD CONSTRAINT "article_revision_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "actor" ADD CONSTRAINT "actor_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alias" ADD CONSTRAINT "alias_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "actor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mention" ADD CONSTRAINT "mention_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mention" ADD CONSTRAINT "mention_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_speaker_id_fkey" FOREIGN KEY ("speaker_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_about" ADD CONSTRAINT "claim_about_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_about" ADD CONSTRAINT "claim_about_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "funding_event" ADD CONSTRAINT "funding_event_recipient_id_fkey" FOREIGN KEY ("recipient_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "funding_participation" ADD CONSTRAINT "funding_participation_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "funding_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "funding_participation" ADD CONSTRAINT "funding_participation_investor_id_fkey" FOREIGN KEY ("investor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "funding_report" ADD CONSTRAINT "funding_report_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "funding_report" ADD CONSTRAINT "funding_report_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "funding_event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "funding_report" ADD CONSTRAINT "funding_report_recipient_id_fkey" FOREIGN KEY ("recipient_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "funding_report_investor" ADD CONSTRAINT "funding_report_investor_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "funding_report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "funding_report_investor" ADD CONSTRAINT "funding_report_investor_investor_id_fkey" FOREIGN KEY ("investor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "match" ADD CONSTRAINT "match_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "match" ADD CONSTRAINT "match_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "match" ADD CONSTRAINT "match_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "story"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "match" ADD CONSTRAINT "match_logged_text_id_fkey" FOREIGN KEY ("logged_text_id") REFERENCES "logged_text"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerted_fact" ADD CONSTRAINT "alerted_fact_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "story"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerted_fact" ADD CONSTRAINT "alerted_fact_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watch_mute" ADD CONSTRAINT "watch_mute_watch_id_fkey" FOREIGN KEY ("watch_id") REFERENCES "watch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel" ADD CONSTRAINT "channel_watch_id_fkey" FOREIGN KEY ("watch_id") REFERENCES "watch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say ------------------------------------------------------------------------------------------------

-- French text search with accents folded before stemming: "levee" finds "levées".
CREATE TEXT SEARCH CONFIGURATION "vigie_french" (COPY = "french");
ALTER TEXT SEARCH CONFIGURATION "vigie_french"
  ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;

-- unaccent() is only STABLE because its dictionary may be altered. Ours is not, and an index needs IMMUTABLE.
CREATE FUNCTION "vigie_fold"(text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$;

CREATE FUNCTION "vigie_article_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search :=
    setweight(to_tsvector('public.vigie_french', (SELECT title FROM public.article WHERE id = NEW.article_id)), 'A')
    || setweight(to_tsvector('public.vigie_french', left(NEW.text, 200000)), 'B');
  RETURN NEW;
END $$;

CREATE TRIGGER "article_body_search" BEFORE INSERT OR UPDATE ON "article_body"
  FOR EACH ROW EXECUTE FUNCTION "vigie_article_search"();

CREATE INDEX "article_body_search_idx" ON "article_body" USING gin ("search");
CREATE INDEX "logged_text_search_idx" ON "logged_text" USING gin (string_to_array("words", ' '));
CREATE INDEX "claim_quote_search_idx" ON "claim" USING gin (to_tsvector('public.vigie_french', "quote"));
CREATE INDEX "actor_name_trgm_idx" ON "actor" USING gin (vigie_fold("name") gin_trgm_ops);
CREATE INDEX "alias_text_trgm_idx" ON "alias" USING gin (vigie_fold("text") gin_trgm_ops);

ALTER TABLE "article" ADD CONSTRAINT "article_url_http" CHECK ("url" ~ '^https?://');
ALTER TABLE "feed" ADD CONSTRAINT "feed_url_http" CHECK ("url" ~ '^https?://');
ALTER TABLE "mention" ADD CONSTRAINT "mention_span" CHECK (0 <= "start" AND "start" < "end");
ALTER TABLE "claim" ADD CONSTRAINT "claim_span" CHECK (0 <= "start" AND "start" < "end");
ALTER TABLE "funding_report" ADD CONSTRAINT "funding_report_span" CHECK (0 <= "start" AND "start" < "end");
ALTER TABLE "funding_report" ADD CONSTRAINT "funding_report_money" CHECK ("amount" > 0 AND "currency" ~ '^[A-Z]{3}$');
ALTER TABLE "funding_event" ADD CONSTRAINT "funding_event_money" CHECK ("amount" > 0 AND "currency" ~ '^[A-Z]{3}$');
ALTER TABLE "register_version" ADD CONSTRAINT "register_version_one_row" CHECK ("id" = 1);

INSERT INTO "register_version" ("id", "version") VALUES (1, 1);

-- One row: up to where the log has been handed to the channels.
ALTER TABLE "delivery_cursor" ADD CONSTRAINT "delivery_cursor_one_row" CHECK ("id" = 1);
INSERT INTO "delivery_cursor" ("id", "seq") VALUES (1, 0);

-- Whatever changes what the reader knows raises the version of the register, by whatever way it came. Actors that are no
-- members of it, candidates and rejected ones, do not.
CREATE FUNCTION "vigie_register_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE public.register_version SET version = version + 1 WHERE id = 1;
  RETURN NULL;
END $$;
CREATE TRIGGER "actor_added" AFTER INSERT ON "actor"
  FOR EACH ROW WHEN (NEW."status" = 'CONFIRMED') EXECUTE FUNCTION "vigie_register_changed"();
CREATE TRIGGER "actor_changed" AFTER UPDATE ON "actor"
  FOR EACH ROW WHEN ('CONFIRMED' IN (OLD."status", NEW."status")) EXECUTE FUNCTION "vigie_register_changed"();
CREATE TRIGGER "actor_removed" AFTER DELETE ON "actor"
  FOR EACH ROW WHEN (OLD."status" = 'CONFIRMED') EXECUTE FUNCTION "vigie_register_changed"();
CREATE TRIGGER "alias_changed" AFTER INSERT OR UPDATE OR DELETE ON "alias"
  FOR EACH STATEMENT EXECUTE FUNCTION "vigie_register_changed"();
CREATE TRIGGER "affiliation_changed" AFTER INSERT OR UPDATE ON "affiliation"
  FOR EACH ROW WHEN (NEW."article_id" IS NULL) EXECUTE FUNCTION "vigie_register_changed"();

-- Every change of a watch, also one that was deleted, has a place in one order, in which none becomes visible behind one that
-- was read already: places are drawn under a lock that is held to the commit.
CREATE FUNCTION "vigie_watch_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(8644303);
  INSERT INTO public.watch_change (watch_id) SELECT id FROM changed
    ON CONFLICT (watch_id) DO UPDATE SET place = EXCLUDED.place;
  RETURN NULL;
END $$;
CREATE TRIGGER "watch_added" AFTER INSERT ON "watch"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "vigie_watch_changed"();
CREATE TRIGGER "watch_changed" AFTER UPDATE ON "watch"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "vigie_watch_changed"();
CREATE TRIGGER "watch_removed" AFTER DELETE ON "watch"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "vigie_watch_changed"();

-- Whoever keeps answers hears that what they came from has changed: the table's name, once a transaction.
CREATE FUNCTION "vigie_table_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('vigie_change', TG_TABLE_NAME);
  RETURN NULL;
END $$;
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables
               WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'article_signature', 'article_band', 'alerted_fact', 'feed_entry', 'idempotency_key')
  LOOP
    EXECUTE format('CREATE TRIGGER vigie_table_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION vigie_table_changed()', name);
  END LOOP;
END $$;

/** What the log says when a story is told once more, independently, and brings nothing new. */
import { MATCH_CHANNEL } from '#platform/notifications.ts';
import type { Statements } from '#platform/writer.ts';
import { CORROBORATION_MAX } from './filter.ts';

/**
 * Says every line of a story again, in their order, now that it has one more independent text: to filters that waited for as
 * many, and to nobody else. Nothing beyond `CORROBORATION_MAX`. Call only under `lockLog`, once the story counts the text and
 * before the text's own lines are logged.
 */
export async function appendCorroborations(
  tx: Pick<Statements, '$executeRaw'>,
  storyId: number,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    with m as (
      insert into match (article_id, actor_id, story_id, reasons, created_at, logged_text_id, independent_texts, corroborates)
      select m.article_id, m.actor_id, m.story_id, m.reasons, ${now}, m.logged_text_id, s.independent_texts, m.seq
        from story s join article a on a.story_id = s.id join match m on m.article_id = a.id
       where s.id = ${storyId} and s.independent_texts <= ${CORROBORATION_MAX} and m.corroborates is null
       order by m.seq
      returning seq)
    select pg_notify(${MATCH_CHANNEL}, '') from (select from m limit 1) any_line`;
}

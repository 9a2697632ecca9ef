/** What site generators and wikis write into the front matter of their pages: it means nothing to faci, and does no harm. */
export const FOREIGN_KEYS: ReadonlySet<string> = new Set(
  (
    'aliases author authors banner bookCollapseSection bookFlatSection bookHidden bookToc categories category contributors cover created ' +
    'cssclass custom_edit_url date description displayed_sidebar draft editLink excerpt expiryDate grand_parent has_children ' +
    'hide hide_table_of_contents hide_title icon id image keywords lang language last_modified_at last_updated lastUpdated lastmod layout ' +
    'linkTitle linktitle locale math menu metadata modified nav_exclude nav_order navigation next outline pagination_next pagination_prev ' +
    'parent params permalink prev publishDate published redirect_from redirects review_date series showToc sidebar sidebar_label ' +
    'sidebar_position slug status subtitle summary tags template toc type updated updated_at url version weight'
  ).split(' '),
)

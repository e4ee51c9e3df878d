/** The SQL of notifications by webhooks. */
@NullMarked
package org.bagnetlab.storage.notice;

import org.jspecify.annotations.NullMarked;

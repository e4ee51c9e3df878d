/** The SQL of notifications by webhooks. */
package org.bagnetlab.storage.notice;

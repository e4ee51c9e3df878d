/** SQL statements for notifications by webhooks. */
package org.bagnetlab.storage.notice;

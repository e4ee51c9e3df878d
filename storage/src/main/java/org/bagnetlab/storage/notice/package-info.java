/** SQL statements for notifications. */
package org.bagnetlab.storage.notice;

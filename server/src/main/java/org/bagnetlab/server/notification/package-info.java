/** Notifications to webhooks. */
package org.bagnetlab.server.notification;

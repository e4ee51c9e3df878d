/** Notifications to webhooks. */
@NullMarked
package org.bagnetlab.server.notification;

import org.jspecify.annotations.NullMarked;

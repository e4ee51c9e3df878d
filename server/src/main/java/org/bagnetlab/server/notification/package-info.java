/** What people are told, wherever they are: notices to webhooks. */
@NullMarked
package org.bagnetlab.server.notification;

import org.jspecify.annotations.NullMarked;

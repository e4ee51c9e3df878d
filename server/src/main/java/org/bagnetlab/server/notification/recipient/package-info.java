/** Recipients of notifications: webhooks, mail servers and chat services. */
package org.bagnetlab.server.notification.recipient;

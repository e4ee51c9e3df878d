/** Decides about notifications, stores them and delivers them. */
package org.bagnetlab.server.notification;

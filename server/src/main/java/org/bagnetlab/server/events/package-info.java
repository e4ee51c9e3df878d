/** Events of the lab, sent to pages as server-sent events. */
package org.bagnetlab.server.events;

/** Access control: a server admits everyone on its own machine, or anyone with a token. */
package org.bagnetlab.server.access;

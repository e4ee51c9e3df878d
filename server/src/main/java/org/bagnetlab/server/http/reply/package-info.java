/** Responses: JSON and texts, compressed for clients that accept it, and problems (RFC 9457). */
package org.bagnetlab.server.http.reply;

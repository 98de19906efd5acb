// Wakes for a push, which has no content: what it says stands here, and nobody on the way can read or change it.
self.addEventListener("push", (event) => {
  event.waitUntil(self.registration.showNotification("Heed", {
    body: "Something in Heed is waiting for you. Sign in.",
    tag: "heed",
    requireInteraction: true,
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/"));
});
